import { ProblemNotice } from '#features/accounts/web'
import type { Problem } from '#platform/core'
import { Choice, LocaleLink, Notice, useTexts } from '#platform/web'

/** What failed as a whole; of a file that is there already also where, and the choice to have it twice. */
export function DocumentProblem({ problem }: { problem: Problem | null }) {
  const t = useTexts('documents')
  if (problem?.type !== '/problems/document-known') return <ProblemNotice problem={problem} />
  return (
    <Notice tone="warn" live title={problem.detail}>
      <p>{problem.remedy}</p>
      {problem.own ? null : (
        <>
          <LocaleLink to={`/console/documents/${String(problem.documentId)}`}>{t('console.toKnown')}</LocaleLink>
          <Choice type="checkbox" name="sameFile" label={t('console.anyway')} />
        </>
      )}
    </Notice>
  )
}
