/** What a machine says of the places a start rests on. */

/** What others than its owner may do with a file. */
export interface Access {
  readonly othersRead: boolean;
  readonly othersWrite: boolean;
}

export interface DirectoryReading {
  readonly isThere: boolean;
  /** Why nothing can be written in it, or it could not be made; null where it can. */
  readonly fault: string | null;
  /** Null where the system has other rules. */
  readonly access: Access | null;
  /** Bytes, of its file system. */
  readonly free: number | null;
  /** The name of a file system that is not of this machine. */
  readonly network: string | null;
  /** Gone when the machine stops. */
  readonly isInMemory: boolean;
}
