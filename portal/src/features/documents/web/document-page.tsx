import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { getManufacturer } from '#features/manufacturer/core'
import { fileKinds, formatBytes, formatDate, pathIn, translate } from '#platform/core'
import {
  apiContext,
  Breadcrumbs,
  Container,
  LocaleLink,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getDocument } from '../core/index.ts'
import { DocumentFacts } from './document-list.tsx'
import style from './documents.module.css'
import { fileAddress, GetDocument } from './get-document.tsx'

export { stillPage as handle } from '#platform/web'

/** /downloads/{id}: one document with its earlier versions. 404 for whoever may not know of it. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [maker, document] = await Promise.all([
    api.call(getManufacturer, {}),
    api.call(getDocument, { params: { documentId: params.documentId ?? '' } }),
  ])
  return { document, brand: maker.name, language: context.get(languageContext), origin: context.get(originContext) }
}

type Data = Awaited<ReturnType<typeof loader>>

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { document, brand, language, origin } = loaderData
  const { id, title, kind, version, since, file, locked } = document
  const path = `/downloads/${id}`
  return pageMeta({
    title: title[language],
    description: `${title[language]} · ${translate(language, `documents:kind.${kind}`)}`,
    kind: 'article',
    ...{ language, origin, path, brand: brand[language] },
    jsonLd: {
      '@type': 'DigitalDocument',
      name: title[language],
      url: `${origin}${pathIn(language, path)}`,
      encodingFormat: fileKinds[file.kind].mediaType,
      version,
      dateModified: since,
      isAccessibleForFree: !locked,
    },
  })
}

export default function DocumentPage() {
  const { document } = useLoaderData<Data>()
  const t = useTexts('documents')
  const language = useLanguage()
  const title = document.title[language]
  return (
    <Container width="narrow">
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/downloads') }, { title }]} />
      <PageHeader title={title} />
      <div className={style.paper}>
        <DocumentFacts document={document} />
        {document.locked ? <Notice title={t('locked')} /> : null}
        <GetDocument document={document} large />
        {document.allProducts || document.products.length > 0 ? (
          <p>
            <span className={style.muted}>{t('forProducts')} </span>
            {document.allProducts
              ? t('forAll')
              : document.products.map(({ slug, name }, at) => (
                  <span key={slug}>
                    {at > 0 ? ' · ' : ''}
                    <LocaleLink to={`/products/${slug}`}>{name[language]}</LocaleLink>
                  </span>
                ))}
          </p>
        ) : null}
        {document.note ? (
          <p>
            <span className={style.muted}>{t('whatChanged')} </span>
            {document.note}
          </p>
        ) : null}
      </div>
      <Earlier />
    </Container>
  )
}

function Earlier() {
  const { id, title, earlier } = useLoaderData<Data>().document
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  if (earlier.length === 0) return null
  return (
    <section className={style.section}>
      <h2>{t('earlier')}</h2>
      <p className={style.muted}>{t('earlierHelp')}</p>
      <ul className={style.list}>
        {earlier.map(({ version, note, since, bytes }) => (
          <li className={style.row} key={version}>
            <div className={style.words}>
              <p>{[t('version', { version }), note].filter(Boolean).join(' · ')}</p>
              <p className={style.facts}>
                <time dateTime={since}>{formatDate(since, language, zone)}</time> · {formatBytes(bytes, language)}
              </p>
            </div>
            <a
              href={`${fileAddress(id)}?version=${version}`}
              aria-label={`${t('downloadOf', { title: title[language] })} ${t('version', { version })}`}
            >
              {t('download')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
