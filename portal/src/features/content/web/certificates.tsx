import { formatDay } from '#platform/core'
import { useLanguage } from '#platform/web'
import type { BlockValues, ShownPage } from '../core/index.ts'
import style from './blocks.module.css'
import { ShownPicture } from './shown-picture.tsx'
import { AddressLink } from './structured-text.tsx'
import type { PublicWords } from './words.ts'

interface CertificatesProps {
  certificates: BlockValues<'certificates'>['certificates']
  pictures: ShownPage['pictures']
  words: PublicWords
}

/** What was certified by whom, under which number, and until when. */
export function Certificates({ certificates, pictures, words }: CertificatesProps) {
  const language = useLanguage()
  return (
    <ul className={style.certificates}>
      {certificates.map(({ name, issuer, number, until, picture, document }) => (
        <li key={`${name.en} ${number}`} className={style.certificate}>
          {picture ? (
            <ShownPicture picture={picture} facts={pictures[picture.id]} sizes="(max-width: 40rem) 92vw, 22rem" />
          ) : null}
          <h3>{name[language]}</h3>
          <dl>
            <div>
              <dt>{words.issuer}</dt>
              <dd>{issuer[language]}</dd>
            </div>
            {number ? (
              <div>
                <dt>{words.number}</dt>
                <dd className={style.number}>{number}</dd>
              </div>
            ) : null}
            {until ? (
              <div>
                <dt>{words.until}</dt>
                <dd>
                  <time dateTime={until}>{formatDay(until, language)}</time>
                </dd>
              </div>
            ) : null}
          </dl>
          {document ? <AddressLink href={document} words={words.document} /> : null}
        </li>
      ))}
    </ul>
  )
}
