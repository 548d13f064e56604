/** How far a file has come. checked: nothing is written yet. */
export const importStatuses = ['checked', 'writing', 'done', 'taken-back'] as const
export type ImportStatus = (typeof importStatuses)[number]

/** Every move there is. From writing back to checked: something else was written meanwhile, and a person has to look again. */
export const importMoves: Readonly<Record<ImportStatus, readonly ImportStatus[]>> = {
  checked: ['writing'],
  writing: ['done', 'checked'],
  done: ['taken-back'],
  'taken-back': [],
}

/** Days after which a file that nobody went on with is forgotten, and the rows of one that was written. */
export const importDays = { checked: 7, done: 30 } as const
