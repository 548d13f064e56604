/**
 * What a figure of the product form is computed with. There are two: one writes the formulas of a spreadsheet, one computes at once with
 * exact fractions. `Value` is a number or a truth as the calculator has it.
 */
export interface Calculator<Value> {
  number(value: number | string): Value
  truth(value: boolean): Value
  /** of the first of these ids that is an option its pieces, of a number its value; 0 while there is none */
  cell(id: string): Value
  /** how many of these options are chosen */
  count(options: readonly string[]): Value
  /** over chosen options: what they carry under a heading times their pieces */
  total(heading: string, options: readonly string[]): Value
  /** greatest or least of what chosen options carry under a heading; 0 where none does */
  extreme(which: 'MAX' | 'MIN', heading: string, options: readonly string[]): Value
  infix(sign: '+' | '-' | '*' | '/', left: Value, right: Value): Value
  /** false where a side has no value */
  compare(sign: '<' | '<=' | '>' | '>=' | '==' | '!=', left: Value, right: Value): Value
  not(value: Value): Value
  all(values: readonly Value[]): Value
  any(values: readonly Value[]): Value
  /** of two truths */
  same(left: Value, right: Value): Value
  choose(condition: Value, yes: Value, no: Value): Value
  /** halves away from zero */
  round(value: Value, digits: number): Value
  sum(values: readonly Value[]): Value
  /** 1 where a value cannot be had, since something is divided by zero */
  failed(value: Value): Value
  /** the other one where a value cannot be had */
  or(value: Value, other: Value): Value
  nothing(): Value
  /** keeps a figure under a name; the answer stands for it in what follows */
  figure(name: string, value: Value): Value
}
