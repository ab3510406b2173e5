/** File systems by their numbers in Linux's statfs(2). */

/** Those on which shared memory or locks may not work. */
export const NETWORKS: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x01021997, "9P"],
  [0x65735546, "FUSE"],
  [0x786f4256, "a VirtualBox share"],
  [0x00c36400, "Ceph"],
]);

/** Those that are gone when the machine stops: tmpfs and ramfs. */
export const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
