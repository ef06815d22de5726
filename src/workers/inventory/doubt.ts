/** Something that makes this tenure's picture of its partitions untrue: throw the producer away and restore from the log. */
export class Doubt extends Error {
  override readonly name = 'Doubt';
}

/** Something that restoring cannot mend: the partition stands still, with this reason, until a person looks. */
export class Halt extends Error {
  override readonly name = 'Halt';
}
