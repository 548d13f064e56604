/** PostgreSQL keeps neither U+0000 nor half of a surrogate pair, in a text or anywhere in a jsonb. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
