/**
 * How much the long half of the tests does: what every CI run can afford (`npm run test:deep`), or
 * what is worth an evening (`npm run test:long`).
 */
const isLong = process.env["TEST_LENGTH"] === "long";

export const amount = <Deep extends number, Long extends number>(deep: Deep, long: Long) =>
  isLong ? long : deep;
