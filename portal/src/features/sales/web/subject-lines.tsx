import { Money, useLanguage, useTexts } from '#platform/web'
import type { InquirySubject } from '../core/index.ts'
import style from './subject-lines.module.css'

/** What an inquiry is about, line by line, with the sum. */
export function SubjectLines({
  subject: { lines, net, currency },
}: {
  subject: Pick<InquirySubject, 'lines' | 'net' | 'currency'>
}) {
  const t = useTexts('sales')
  const language = useLanguage()
  return (
    <table className={style.lines}>
      <thead>
        <tr>
          <th scope="col">{t('inquiry.what')}</th>
          <th scope="col">{t('inquiry.own.net')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an inquiry never change
          <tr key={at}>
            <td>
              {line.name[language]}
              <small>{line.text[language]}</small>
            </td>
            <td>
              <Money amount={line.net} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('inquiry.sum')}</th>
          <td>
            <Money amount={net} currency={currency} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
