/** Bytes of answers that slow clients have not taken yet, over all connections: what is left of the limit bounds new answers. */
export class UnsentBytes {
  private readonly limit: number;
  private bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that a new answer may have. */
  get room(): number {
    return Math.max(0, this.limit - this.bytes);
  }

  add(bytes: number): void {
    this.bytes += bytes;
  }

  remove(bytes: number): void {
    this.bytes -= bytes;
  }
}
