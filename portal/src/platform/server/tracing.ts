import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, Span } from '@opentelemetry/api'
import type { Platform } from './platform.ts'
import { version } from './version.ts'

/** Names of kinds of things only: routes, endpoints, tables, listeners, queues. Never a value that somebody typed or an id. */
export type TraceAttributes = Record<string, string | number>

/** What happened in which order and how long it took, sent to an OpenTelemetry collector. */
export interface Tracing {
  /**
   * Runs the work as a span within the one around it, or within `parent` (W3C traceparent) where it is the first here.
   * `note` renames it and adds attributes when more is known.
   */
  span<T>(name: string, attributes: TraceAttributes, work: (note: Note) => Promise<T>, parent?: string | null): Promise<T>
  /** A span that ended just now, after so many ms. */
  past(name: string, attributes: TraceAttributes, ms: number): void
  /** The span one is in, as W3C traceparent; null: none */
  current(): string | null
  /** Sends what is left. */
  close(): Promise<void>
}

type Note = (name: string, attributes: TraceAttributes) => void

/** `work` as a span where traces are wanted; else nothing but the work. */
export const traced = <T>(
  { tracing }: Pick<Platform, 'tracing'>,
  name: string,
  attributes: TraceAttributes,
  work: (note: Note) => Promise<T>,
  parent?: string | null,
): Promise<T> => (tracing ? tracing.span(name, attributes, work, parent) : work(() => {}))

/** Loads OpenTelemetry, which nobody pays for who does not ask. endpoint: base address of an OTLP receiver over HTTP */
export async function openTracing(endpoint: string): Promise<Tracing> {
  const [
    { ROOT_CONTEXT, SpanStatusCode, trace },
    { BatchSpanProcessor, TracerProvider },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'fettle', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 2000 })],
  })
  const tracer = provider.getTracer('fettle', version)
  const ambient = new AsyncLocalStorage<Context>()

  function contextFor(parent: string | null | undefined): Context {
    const here = ambient.getStore()
    if (here) return here
    const [, traceId, spanId, flags] = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/.exec(parent ?? '') ?? []
    if (!traceId) return ROOT_CONTEXT
    return trace.setSpanContext(ROOT_CONTEXT, {
      traceId,
      spanId: spanId!,
      traceFlags: Number.parseInt(flags!, 16) & 1,
      isRemote: true,
    })
  }

  return {
    async span(name, attributes, work, parent) {
      const context = contextFor(parent)
      const span = tracer.startSpan(name, { attributes }, context)
      const note: Note = (renamed, more) => void span.updateName(renamed).setAttributes(more)
      try {
        return await ambient.run(trace.setSpan(context, span), () => work(note))
      } catch (error) {
        markFailed(span, error, SpanStatusCode.ERROR)
        throw error
      } finally {
        span.end()
      }
    },
    past(name, attributes, ms) {
      const here = ambient.getStore()
      if (here) tracer.startSpan(name, { attributes, startTime: Date.now() - ms }, here).end()
    },
    current() {
      const span = trace.getSpanContext(ambient.getStore() ?? ROOT_CONTEXT)
      return span ? `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}` : null
    },
    close: () => provider.shutdown(),
  }
}

/** What an error says may repeat what somebody typed; its name and code do not. */
function markFailed(span: Span, error: unknown, code: 2): void {
  const { name, code: own } = error as { name?: unknown; code?: unknown }
  span.setStatus({ code }).setAttribute('error.type', String(own ?? name ?? typeof error).slice(0, 60))
}

/** What a statement does to which table: 'select lead'. Neither its text nor its parameters, which may tell of a person. */
export function statementName(sql: string): string {
  const [, verb] = /^\s*(?:with\b[\s\S]*?\)\s*)?(select|insert|update|delete|begin|commit|rollback)\b/i.exec(sql) ?? []
  const [, table] = /\b(?:from|into|update|join)\s+(?:only\s+)?"?([a-z_]+)"?(?!\s*\()/i.exec(sql) ?? []
  return [verb?.toLowerCase() ?? 'sql', table?.toLowerCase()].filter(Boolean).join(' ')
}
