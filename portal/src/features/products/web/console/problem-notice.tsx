import type { Problem } from '#platform/core'
import { Notice } from '#platform/web'

/** What was refused, with every place in the file and what to do about it. */
export function ProblemNotice({ problem }: { problem: Problem }) {
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
