import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  EmptyState,
  LocaleLink,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  StatusBadge,
  type Tone,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listMyDocuments, type OwnDocument, type OwnDocuments } from '../core/index.ts'
import { DocumentList } from './document-list.tsx'
import style from './documents.module.css'

export { stillPage as handle } from '#platform/web'

/** /account/documents: what is meant for the customer's company, by its machines; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const documents = await context.get(apiContext).call(listMyDocuments, {})
  return { documents, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/documents',
        title: translate(loaderData.language, 'documents:mine.title'),
        hidden: true,
      })
    : []

export default function OwnDocumentsPage() {
  const { groups, others } = useLoaderData<typeof loader>().documents
  const t = useTexts('documents')
  const language = useLanguage()
  return (
    <Container>
      <PageHeader
        title={t('mine.title')}
        actions={
          <>
            <ActionLink reloadDocument to={pathIn(language, '/account/machines')} size="small">
              {t('mine.machines')}
            </ActionLink>
            <ActionLink reloadDocument to={pathIn(language, '/account')} size="small">
              {t('mine.account')}
            </ActionLink>
          </>
        }
      >
        {t('mine.lead')}
      </PageHeader>
      {groups.length === 0 && others.length === 0 ? (
        <EmptyState
          title={t('mine.none')}
          action={
            <ActionLink reloadDocument to={pathIn(language, '/downloads')}>
              {t('title')}
            </ActionLink>
          }
        >
          {t('mine.noneHelp')}
        </EmptyState>
      ) : null}
      {groups.map(group => (
        <Group group={group} key={group.product?.name.en ?? ''} />
      ))}
      {others.length > 0 ? (
        <section className={style.section}>
          <h2>{t('mine.others')}</h2>
          <DocumentList documents={others} mark={document => <Standing document={document} />} products />
        </section>
      ) : null}
    </Container>
  )
}

const mostNamed = 12

/** Machines of one product, and what belongs to them. */
function Group({ group: { product, machines, documents } }: { group: OwnDocuments['groups'][number] }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const named = machines.slice(0, mostNamed).map(({ model, serial }) => `${model} ${serial}`)
  const name = product?.name[language]
  return (
    <section className={style.section}>
      <h2>
        {product?.slug ? (
          <LocaleLink reloadDocument to={`/products/${product.slug}`}>
            {name}
          </LocaleLink>
        ) : (
          (name ?? t('mine.otherMachines'))
        )}
      </h2>
      <p className={style.machines}>
        {t('mine.machineCount', {
          count: machines.length,
          machines: named.join(' · ') + (machines.length > mostNamed ? ' …' : ''),
        })}
      </p>
      {documents.length === 0 ? <p className={style.muted}>{t('mine.noneOfGroup')}</p> : null}
      <DocumentList
        documents={documents}
        mark={document => (
          <>
            <Standing document={document} />
            {document.serials.length > 0 ? (
              <small> · {t('mine.serials', { serials: document.serials.join(' · ') })}</small>
            ) : null}
          </>
        )}
      />
    </section>
  )
}

const tones: Record<Exclude<OwnDocument['standing'], 'none'>, Tone> = { new: 'active', renewed: 'waiting', had: 'good' }

function Standing({ document: { standing } }: { document: OwnDocument }) {
  const t = useTexts('documents')
  return standing === 'none' ? null : <StatusBadge tone={tones[standing]}>{t(`mine.standing.${standing}`)}</StatusBadge>
}
