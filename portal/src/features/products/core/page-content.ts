import { z } from 'zod'

const text = z.object({ 'zh-CN': z.string(), en: z.string() })

const decision = z.union([
  z.object({ option: z.string(), chosen: z.boolean() }),
  z.object({ option: z.string(), quantity: z.number() }),
  z.object({ number: z.string(), value: z.number() }),
])

/** What the manufacturer says of a product on its page, beside what the model computes. */
export const pageContent = z.object({
  /** what it is, in one or two sentences */
  lead: text,
  /** three facts in numbers; value as shown, without unit */
  facts: z.array(z.object({ value: z.string(), unit: text.optional(), label: text })).max(3),
  /** what it is for and who uses it */
  uses: z.array(z.object({ title: text, text })),
  /** configurations to begin with: decisions of the engine, completed by defaults */
  starts: z.array(z.object({ id: z.string(), name: text, text, decisions: z.array(decision) })),
  /** `href` absent: handed over with the offer */
  documents: z.array(z.object({ title: text, kind: text, href: z.string().optional() })),
  questions: z.array(z.object({ question: text, answer: text })),
})
export type PageContent = z.output<typeof pageContent>
