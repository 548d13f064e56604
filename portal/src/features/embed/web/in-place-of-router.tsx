import type { AnchorHTMLAttributes } from 'react'
import { pathIn } from '#platform/core'
import { useSite } from './site.ts'

/*
 * What components of the portal's pages use of its router, where there is none: the build for pages of other sites takes this for it.
 */

/** The address says the language, in the portal: here the element does. */
export const useLocation = () => ({ pathname: pathIn(useSite().language, '/') })

/** Leads to the page of the portal, beside the other site; unless that shows something itself. */
export function Link({
  to,
  children,
  className,
}: Pick<AnchorHTMLAttributes<HTMLAnchorElement>, 'children' | 'className'> & { to: string }) {
  const { portal, follow } = useSite()
  return (
    <a
      href={`${portal}${to}`}
      className={className}
      target="_blank"
      rel="noopener noreferrer"
      onClick={event => follow(to) && event.preventDefault()}
    >
      {children}
    </a>
  )
}
