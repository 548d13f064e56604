// node engine/scripts/api-reference.ts: writes engine/docs/api.md anew. What it says stands in the sources; a test holds the two together.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, normalize, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileInto } from './build.ts'

interface Section {
  title: string
  text: string
  /** every export of a file of types, or exports by name */
  of: { file: string } | { names: string }
}

const main: Section[] = [
  {
    title: 'Getting ready',
    text: 'From plain JSON to something that can be asked.',
    of: {
      names:
        'compile compileAccepted CompileResult Compiled validate Validated ModelError Rulebook Rules ConstraintRule PricingRule',
    },
  },
  {
    title: 'Deciding',
    text: 'A state is what a user decided so far. It never changes: undo is keeping the one before.',
    of: { names: 'start decide Decided decideAll Unfit retract decisions State' },
  },
  {
    title: 'What is still possible',
    text: 'All of it is exact; the README says where a number is allowed less.',
    of: { names: 'domains Domains OptionDomain OptionState NumberDomain Interval optionDomains alternatives Alternatives' },
  },
  {
    title: 'Why not, and how anyway',
    text: 'What is named is minimal: nothing in it is superfluous.',
    of: { names: 'explain Wish Explanation Step Statement RuleRef repair RepairGoal Repairs Repair Budget ProofStatus' },
  },
  {
    title: 'Whole selections',
    text: 'The rest filled in, by what is wanted of it.',
    of: { names: 'complete Goal Completion migrate Former Migration Difference' },
  },
  {
    title: 'What follows from a selection',
    text: 'These take a compiled model, or the rulebook of a validated one.',
    of: { names: 'price Price PriceLine bom BomLine spec SpecLine typeCode check Check' },
  },
  {
    title: 'How many variants',
    text: 'A counter is made once, where a model is published, and asked at every click.',
    of: { names: 'counterOf Counter count Count countOptions OptionCounts countRoughly RoughCounts writeCounter readCounter' },
  },
  {
    title: 'Before a model is published',
    text: 'For authors.',
    of: { names: 'review Review ReviewFinding FindingCode Witnesses testExamples ExampleResult' },
  },
  {
    title: 'Formulas and names',
    text: 'For editors and tools that work on models.',
    of: {
      names:
        'parseLogic ParsedLogic parseArithmetic ParsedArithmetic FormulaError Names Place Unit Logic Arithmetic SumSource printLogic printArithmetic printClause printName evaluateLogic evaluateArithmetic Exact indexModel ModelIndex OptionEntry Carrier Grid optionsOf sectionOf nearest',
    },
  },
  { title: 'Model', text: 'The format `fettle-model/1`, as types.', of: { file: 'model' } },
]

const formats: Section[] = [
  {
    title: 'Reading',
    text: 'What each format can say stands in a [table](formats.md).',
    of: {
      names:
        'importModel detectFormat Format ImportOptions ImportResult importUvl importFeatureIde importDimacs importCoom readDimacs Dimacs readCoomInput CoomInput',
    },
  },
  { title: 'Writing', text: 'JSON needs no writer: a model is JSON.', of: { names: 'exportModel ExportFormat ExportResult' } },
]

const introduction = `# Reference

Every export of both entries, with its types as they stand in the package. Made by \`node engine/scripts/api-reference.ts\` from the sources.

- **Nothing is kept outside.** No function reads a clock, a file or chance; the same questions in the same order have the same answers on every machine.
- **Money** is an integer in minor units of the model's currency, net unless it says otherwise. **Numbers** have at most six digits after the point and are exact.
- **Errors** in a model, a file or a decision come back as values (\`ModelError\`, in two languages, with the remedy). What only a program can get wrong
  throws: a \`RangeError\` for a wish that the model does not have.
- **Budgets** are steps, never time: \`shouldStop\` is asked now and then for those who have a clock.
- Types that are named here and not listed belong to the engine's inside, and may change.
`

/** The reference as Markdown. Throws where an export is in no section, or a section names what is not exported. */
export function apiReference(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-types-'))
  try {
    compileInto(folder)
    const entries = [
      entry(folder, 'index', '@fettle/engine', main),
      entry(folder, 'formats/index', '@fettle/engine/formats', formats),
    ]
    return `${[introduction, ...entries].join('\n')}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of an export: the comment before it, and the declaration. */
interface Declared {
  file: string
  comment: string
  declaration: string
}

function entry(folder: string, file: string, name: string, sections: Section[]): string {
  const exported = exportsOf(folder, file)
  const parts = sections.map(({ title, text, of }) => {
    const names =
      'names' in of ? of.names.split(' ') : [...exported].filter(([, declared]) => declared.file === of.file).map(([one]) => one)
    const texts = names.map(one => {
      const declared = exported.get(one)
      if (!declared) throw new Error(`${name} does not export ${one}`)
      exported.delete(one)
      return [`### ${one}`, declared.comment, `\`\`\`ts\n${declared.declaration}\n\`\`\``].filter(Boolean).join('\n\n')
    })
    return [`## ${title}`, text, ...texts].join('\n\n')
  })
  if (exported.size > 0) throw new Error(`In no section of the reference: ${[...exported.keys()].join(', ')}`)
  return `# \`${name}\`\n\n${parts.join('\n\n')}\n`
}

/** What a file of types exports, itself or on behalf of others, by name. */
function exportsOf(folder: string, file: string): Map<string, Declared> {
  const text = readFileSync(join(folder, `${file}.d.ts`), 'utf8')
  const exported = new Map(declarationsIn(text).map(([name, declared]) => [name, { file, ...declared }]))
  for (const [, names, path] of text.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from '(.*)\.js';$/gm)) {
    const from = exportsOf(folder, normalize(join(file, '..', path!)).replaceAll('\\', '/'))
    const wanted = names === '*' ? [...from.keys()] : names!.match(/\w+(?=,| \})/g)!
    for (const name of wanted) exported.set(name, from.get(name)!)
  }
  return exported
}

/** Statements begin at the margin, and so do their comments; a union of which each kind has a comment ends with its semicolon. */
function declarationsIn(text: string): [string, Omit<Declared, 'file'>][] {
  const statements: string[] = []
  for (const piece of text.split(/^(?=\/\*\*|export |import |declare |interface )/m)) {
    const last = statements.at(-1) ?? ''
    if (last.startsWith('export type ') && !last.trimEnd().endsWith(';')) statements.push(statements.pop() + piece)
    else statements.push(piece)
  }
  return statements.flatMap((statement, at) => {
    const name = statement.match(/^export (?:declare (?:const )?)?(?:function|interface|type|const) (\w+)/)?.[1]
    if (!name) return []
    const before = statements[at - 1] ?? ''
    const comment = before.startsWith('/**') && before.trimEnd().endsWith('*/') ? proseOf(before) : ''
    return [[name, { comment, declaration: statement.trim().replace(/^export (declare )?/, '') }]]
  })
}

/** A comment as Markdown. Lines set in further are a listing. */
function proseOf(comment: string): string {
  const lines = comment
    .trim()
    .replace(/^\/\*\* ?|\s*\*\/$/g, '')
    .split('\n')
    .map(line => line.replace(/^ \* ?/, ''))
  return lines
    .map((line, at) => {
      const listed = line.startsWith('  ')
      const begins = listed && !lines[at - 1]?.startsWith('  ')
      const ends = listed && !lines[at + 1]?.startsWith('  ')
      return `${begins ? '\n```text\n' : ''}${line}${ends ? '\n```\n' : ''}`
    })
    .join('\n')
    .trim()
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  writeFileSync(fileURLToPath(new URL('../docs/api.md', import.meta.url)), apiReference())
