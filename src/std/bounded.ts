/**
 * A queue with a wall.
 *
 * Full means full: better to say no at the door than to fall behind the market in silence.
 */
export interface Queue<T> {
  /** False when there was no room, and nothing was kept. */
  offer(item: T): boolean;
  /** In front of everything else, whatever the wall says: for work that is already half done. */
  putFirst(item: T): void;
  take(): T | undefined;
  size(): number;
}

export function boundedQueue<T>(sizeMax: number): Queue<T> {
  let items: T[] = [];
  let head = 0;
  const size = (): number => items.length - head;
  return {
    offer(item) {
      if (size() >= sizeMax) return false;
      items.push(item);
      return true;
    },
    putFirst(item) {
      if (head > 0) items[--head] = item;
      else items.unshift(item);
    },
    take() {
      if (size() === 0) return undefined;
      const item = items[head++];
      // Forget what was taken once it is more than what is left; each item is moved at most once.
      if (head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    size,
  };
}
