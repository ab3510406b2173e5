"use strict";
// Stands in the bundle for a package that nobody there needs.
module.exports = {};
