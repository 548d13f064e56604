/** A UVL file of so many options, made up and always the same: parts with variants, that need and exclude each other. */
export function largeExample(options = 10_000): string {
  const lines = ['features', '  Plant', '    optional']
  const names: string[] = []
  for (let part = 1; names.length < options; part++) {
    lines.push(`      Part${part}`, '        alternative')
    names.push(`Part${part}`)
    for (const variant of 'ABCDE') {
      lines.push(`          Part${part}${variant}`)
      names.push(`Part${part}${variant}`)
    }
  }
  lines.push('constraints')
  let seed = 42
  const pick = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  // What is needed always stands earlier, so that the rules never contradict each other.
  for (let at = 6; at < names.length; at += 2) {
    const earlier = names[pick(at)]
    lines.push(at % 6 === 0 ? `  ${names[at]} => ${earlier}` : `  !(${names[at]} & ${earlier})`)
  }
  return `${lines.join('\n')}\n`
}
