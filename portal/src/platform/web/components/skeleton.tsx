import style from './skeleton.module.css'

const widths = [style.w2, style.w3, style.w1]

/** Grey lines where text will stand. */
export function SkeletonLines({ lines = 3, label }: { lines?: number; label: string }) {
  return (
    <div className={style.lines} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <span className={`${style.bone} ${widths[at % 3]}`} key={at} aria-hidden="true" />
      ))}
    </div>
  )
}

/** Table rows of the height that real ones will have. columns: the class of each cell */
export function SkeletonRows({ rows = 8, columns }: { rows?: number; columns: readonly (string | undefined)[] }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
    <tr className={style.row} key={row}>
      {columns.map((className, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={column} className={className}>
          <span className={`${style.bone} ${widths[(row + column) % 3]}`} />
        </td>
      ))}
    </tr>
  ))
}
