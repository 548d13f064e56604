/** What a drawing reads: pieces of chosen options and values of counting numbers. A selection of the engine fits. */
export interface Chosen {
  options: Readonly<Record<string, number>>
  numbers: Readonly<Record<string, number>>
}

export function has(chosen: Chosen, ...options: string[]): boolean {
  return options.some(option => (chosen.options[option] ?? 0) > 0)
}

/** The first of these options that is chosen. */
export function oneOf<Id extends string>(chosen: Chosen, ...options: Id[]): Id | undefined {
  return options.find(option => (chosen.options[option] ?? 0) > 0)
}

export function pieces(chosen: Chosen, option: string): number {
  return chosen.options[option] ?? 0
}

export function value(chosen: Chosen, group: string, fallback = 0): number {
  return chosen.numbers[group] ?? fallback
}
