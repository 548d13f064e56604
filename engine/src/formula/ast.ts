/** A parsed formula with its names resolved. Made by `parseLogic` and `parseArithmetic`; read by the evaluator, the solver's compiler and the importers. */
export type Logic =
  | { op: 'true' }
  | { op: 'false' }
  | { op: 'chosen'; option: string }
  | { op: 'not'; arg: Logic }
  | { op: 'and' | 'or'; args: Logic[] }
  | { op: 'implies' | 'iff'; left: Logic; right: Logic }
  | { op: '<=' | '<' | '==' | '!=' | '>=' | '>'; left: Arithmetic; right: Arithmetic }

/** Every value is an exact decimal; `/` by zero is an undefined value, and a comparison with one is false. */
export type Arithmetic =
  /** the unit only where the text gives one: 0.001[kW/W] */
  | { op: 'literal'; value: number; unit?: string }
  /** pieces of an option, 0 while not chosen */
  | { op: 'quantity'; option: string }
  /** value of a number group, 0 while it does not count */
  | { op: 'number'; group: string }
  /** factor (an attribute's value) times quantity, summed */
  | { op: 'sum'; terms: { factor: number; option: string }[]; of: SumSource }
  /** extreme of the values of chosen options, 0 if none is chosen */
  | { op: 'max' | 'min'; terms: { value: number; option: string }[]; attribute: string }
  /** how many of these options are chosen */
  | { op: 'count'; options: string[] }
  | { op: '+' | '-' | '*' | '/'; left: Arithmetic; right: Arithmetic }
  | { op: 'negate'; arg: Arithmetic }

/** What a sum adds up, as the text named it: only the printer needs it. */
export type SumSource = { attribute: string } | { offered: string } | { taken: string }
