import { useRef, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { formatTime, type Problem, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  LocaleLink,
  languageContext,
  Notice,
  newIdempotencyKey,
  PageHeader,
  StatusBadge,
  type Tone,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeProduct, importModel, listManagedProducts, type ManagedProduct } from '../core/index.ts'
import style from './console-products-page.module.css'

/** /console/products: what the catalogue holds, and the way in for model files. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { page: await context.get(apiContext).call(listManagedProducts, {}), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'products:console.title') }] : []

export default function ConsoleProductsPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('products')
  const { revalidate } = useRevalidator()
  const [further, setFurther] = useState<ManagedProduct[]>([])
  const [cursor, setCursor] = useState(page.nextCursor)
  const [withdrawing, setWithdrawing] = useState<ManagedProduct | null>(null)
  const { problem, attempt } = useProblem()

  const setStatus = async (product: ManagedProduct, status: ManagedProduct['status']) => {
    await attempt(() =>
      api.call(changeProduct, { params: { productId: product.id }, body: { status }, ifMatch: String(product.revision) }),
    )
    setWithdrawing(null)
    setFurther([])
    await revalidate()
  }
  const more = async () => {
    const next = await attempt(() => api.call(listManagedProducts, { query: { cursor: cursor ?? undefined } }))
    if (!next) return
    setFurther([...further, ...next.items])
    setCursor(next.nextCursor)
  }
  return (
    <>
      <PageHeader title={t('console.title')}>{t('console.help')}</PageHeader>
      <ImportModel onImported={() => revalidate()} />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <DataTable
        label={t('console.title')}
        columns={useColumns(setWithdrawing, setStatus)}
        rows={[...page.items, ...further]}
        rowId={product => product.id}
        hasMore={cursor !== null}
        onMore={more}
        empty={<EmptyState title={t('console.none')}>{t('console.noneHelp')}</EmptyState>}
      />
      <ConfirmDialog
        open={withdrawing !== null}
        title={t('console.withdrawTitle', { name: withdrawing?.name[useLanguage()] ?? '' })}
        action={t('console.withdraw')}
        danger
        onConfirm={() => withdrawing && setStatus(withdrawing, 'withdrawn')}
        onClose={() => setWithdrawing(null)}
      >
        {t('console.withdrawHelp')}
      </ConfirmDialog>
    </>
  )
}

const tones: Record<ManagedProduct['status'], Tone> = { draft: 'neutral', published: 'good', withdrawn: 'warn' }

function useColumns(
  onWithdraw: (product: ManagedProduct) => void,
  onStatus: (product: ManagedProduct, status: ManagedProduct['status']) => void,
): Column<ManagedProduct>[] {
  const t = useTexts('products')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'name',
      title: t('console.name'),
      cell: product => (
        <>
          {product.status === 'published' ? (
            <LocaleLink to={`/products/${product.slug}`}>{product.name[language]}</LocaleLink>
          ) : (
            product.name[language]
          )}
          {product.untranslated ? <span className={style.flag}>{t('console.untranslated')}</span> : null}
          {product.notes.length > 0 ? <Notes notes={product.notes} /> : null}
        </>
      ),
    },
    {
      id: 'status',
      title: t('console.status'),
      cell: product => <StatusBadge tone={tones[product.status]}>{t(`status.${product.status}`)}</StatusBadge>,
      narrow: true,
    },
    { id: 'version', title: t('console.version'), cell: product => product.version, narrow: true, optional: true },
    { id: 'options', title: t('console.options'), cell: product => product.options, numeric: true, optional: true },
    { id: 'constraints', title: t('console.constraints'), cell: product => product.constraints, numeric: true, optional: true },
    {
      id: 'format',
      title: t('console.format'),
      cell: product => t(`format.${product.sourceFormat}`),
      narrow: true,
      optional: true,
    },
    {
      id: 'updatedAt',
      title: t('console.updatedAt'),
      cell: product => formatTime(product.updatedAt, language, zone),
      narrow: true,
      optional: true,
    },
    {
      id: 'actions',
      title: t('console.actions'),
      cell: product => (
        <span className={style.actions}>
          {product.status === 'published' ? (
            <>
              <ActionLink size="small" to={pathIn(language, `/configure/${product.slug}`)}>
                {t('console.configure')}
              </ActionLink>
              <ActionButton size="small" strength="quiet" onClick={() => onWithdraw(product)}>
                {t('console.withdraw')}
              </ActionButton>
            </>
          ) : (
            <ActionButton size="small" onClick={() => onStatus(product, 'published')}>
              {t('console.publish')}
            </ActionButton>
          )}
        </span>
      ),
      narrow: true,
    },
  ]
}

/** What the import could not express, with its place in the file. */
function Notes({ notes }: { notes: ManagedProduct['notes'] }) {
  const t = useTexts('products')
  const language = useLanguage()
  return (
    <details className={style.notes}>
      <summary>{t('console.notes', { count: notes.length })}</summary>
      <ul>
        {notes.slice(0, 100).map(note => (
          <li key={`${note.path} ${note.code}`}>
            {note.path}: {note.message[language]} {note.remedy[language]}
          </li>
        ))}
      </ul>
    </details>
  )
}

function ImportModel({ onImported }: { onImported(): void }) {
  const t = useTexts('products')
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const { problem, attempt } = useProblem()
  const [reading, setReading] = useState('')
  const [done, setDone] = useState<ManagedProduct | null>(null)
  const read = async (file: File) => {
    setReading(file.name)
    setDone(null)
    const text = await file.text()
    const product = await attempt(() =>
      api.call(importModel, { body: { fileName: file.name, text, publish: true }, idempotencyKey: newIdempotencyKey() }),
    )
    setReading('')
    if (input.current) input.current.value = ''
    if (!product) return
    setDone(product)
    onImported()
  }
  return (
    <section className={style.import}>
      <label className={style.file}>
        <span>{t('console.import')}</span>
        <input
          ref={input}
          type="file"
          accept=".json,.uvl,.xml,.dimacs,.cnf"
          disabled={reading !== ''}
          onChange={event => {
            const file = event.target.files?.[0]
            if (file) void read(file)
          }}
        />
      </label>
      <p className={style.help}>{t('console.importHelp')}</p>
      <div aria-live="polite">
        {reading ? <p>{t('console.reading', { name: reading })}</p> : null}
        {problem ? <ProblemNotice problem={problem} /> : null}
        {done ? (
          <Notice tone="good" title={t('console.imported', { name: done.name[language], version: done.version })}>
            <LocaleLink to={`/configure/${done.slug}`}>{t('console.configure')}</LocaleLink>
          </Notice>
        ) : null}
      </div>
    </section>
  )
}

function ProblemNotice({ problem }: { problem: Problem }) {
  return (
    <Notice tone="bad" live title={problem.detail}>
      {problem.remedy ? <p>{problem.remedy}</p> : null}
      {problem.errors?.length ? (
        <ul>
          {problem.errors.map(error => (
            <li key={`${error.field} ${error.message}`}>
              {error.field}: {error.message} {error.value ? `(${error.value})` : ''} {error.remedy}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}
