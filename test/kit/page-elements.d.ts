/**
 * What code that runs in a browser's page may ask of an element. React's types name these shapes and
 * leave them empty; a page test spells out here what it uses.
 */
interface PageBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

interface PageElement {
  readonly textContent: string | null;
  readonly children: readonly HTMLElement[];
  readonly parentElement: HTMLElement | null;
  readonly ownerDocument: PageDocument;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  getBoundingClientRect(): PageBox;
  querySelectorAll(selector: string): Iterable<HTMLElement>;
  setAttribute(name: string, value: string): void;
}

interface PageStyle extends Readonly<Record<string, string>> {
  readonly backgroundColor: string;
}

interface PageDocument {
  readonly documentElement: HTMLElement;
  readonly defaultView: {
    getComputedStyle(element: PageElement): PageStyle;
  };
}

interface HTMLElement extends PageElement {
  /** Of an image. */
  readonly alt: string;
  readonly naturalWidth: number;
}

interface SVGElement extends HTMLElement {}
