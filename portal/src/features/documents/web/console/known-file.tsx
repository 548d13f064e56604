import type { Problem } from '#platform/core'
import { Choice, LocaleLink, Notice, useTexts } from '#platform/web'

/** Whether the problem is that the same file is there already. */
export const isKnownFile = (problem: Problem | null): problem is Problem => problem?.type === '/problems/document-known'

/** What failed as a whole; of a file that is there already also where, and the choice to have it twice. */
export function DocumentProblem({ problem }: { problem: Problem | null }) {
  const t = useTexts('documents')
  if (!problem) return null
  return (
    <Notice tone={isKnownFile(problem) ? 'warn' : 'bad'} live title={problem.detail}>
      <p>{problem.remedy}</p>
      {isKnownFile(problem) && !problem.own ? (
        <>
          <LocaleLink to={`/console/documents/${String(problem.documentId)}`}>{t('console.toKnown')}</LocaleLink>
          <Choice type="checkbox" name="sameFile" label={t('console.anyway')} />
        </>
      ) : null}
    </Notice>
  )
}
