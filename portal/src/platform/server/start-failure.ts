/** A reason why the portal cannot start, as one sentence for the person at the terminal: what is wrong and what to do. */
export class StartFailure extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'StartFailure'
  }
}
