import type { z } from 'zod'
import type { ServerFeature } from './feature.ts'
import type { Parameter, Response, Schema } from './http-openapi.ts'

/** What is sent to a program of somebody else. */
export interface Message {
  operationId: string
  summary: string
  parameters: Parameter[]
  requestBody: { required: true; content: Record<string, { schema: Schema }> }
  responses: Record<string, Response>
}

/** Messages as Standard Webhooks has them, by type: the part `webhooks` of the document. schemaOf: of a body */
export const describeMessages = (
  messages: NonNullable<ServerFeature['messages']>,
  schemaOf: (body: z.ZodType) => Schema,
): Record<string, { post: Message }> =>
  Object.fromEntries(
    Object.entries(messages).map(([type, { summary, body }]) => [
      type,
      {
        post: {
          operationId: `told.${type}`,
          summary,
          parameters: headers,
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
          responses: { '2XX': { description: 'Taken. Anything else is tried again, for about a day.' } },
        },
      },
    ]),
  )

const header = (name: string, description: string): Parameter => ({
  ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
})

const headers = [
  header('webhook-id', 'Of the message: the same in each try, so that a receiver knows what it has already.'),
  header('webhook-timestamp', 'When this try was sent, in seconds since 1970.'),
  header(
    'webhook-signature',
    'v1, and the HMAC-SHA-256 of id.timestamp.body by the secret, in base64; two, with a space, while a secret is changed.',
  ),
]
