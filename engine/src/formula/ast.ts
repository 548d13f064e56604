/** A parsed formula with its names resolved. Made by `parseFormula`; read by the evaluator, the solver's compiler and the importers. */
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
  | { op: 'literal'; value: number }
  /** pieces of an option, 0 while not chosen */
  | { op: 'quantity'; option: string }
  /** value of a number group, 0 while it does not count */
  | { op: 'number'; group: string }
  /** factor (an attribute's value) times quantity, summed */
  | { op: 'sum'; terms: { factor: number; option: string }[] }
  /** extreme of the values of chosen options, 0 if none is chosen */
  | { op: 'max' | 'min'; terms: { value: number; option: string }[] }
  /** how many of these options are chosen */
  | { op: 'count'; options: string[] }
  | { op: '+' | '-' | '*' | '/'; left: Arithmetic; right: Arithmetic }
  | { op: 'negate'; arg: Arithmetic }
