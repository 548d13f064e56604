/** More than this nobody reads, and what finds addresses in it takes time with the square of its length. */
const longest = 1000

/**
 * An error's text as it may be shown and kept: what looks like a mail address, a telephone number or a secret in a link is left out.
 * Errors are made by libraries and servers that repeat what they were given.
 */
export const withoutPersons = (text: string): string =>
  text
    .slice(0, longest)
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…')
    .replace(/([?&#](?:token|code|key|c)=)[^\s&"']+/gi, '$1…')
    .replace(/(?<![\w.:-])\+?\d(?:[\s-]?\d){8,14}(?![\w.:-])/g, '…')
