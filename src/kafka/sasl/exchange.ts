/** Sends a message of the mechanism and gives the broker's answer to it; rejects where the broker refuses the login. */
export type Exchange = (message: Buffer) => Promise<Buffer>;
