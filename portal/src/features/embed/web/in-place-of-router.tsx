import { type AnchorHTMLAttributes, createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { pathIn } from '#platform/core'
import { useSite } from './site.ts'

/*
 * What components of the portal's pages use of its router, where there is none: the build for pages of other sites takes this for it.
 */

type Change = URLSearchParams | string | ((before: URLSearchParams) => URLSearchParams | string)
const Search = createContext<[URLSearchParams, (change: Change) => void]>([new URLSearchParams(), () => {}])

/** Keeps what an address would say of how something is looked at: the address itself is the other site's. first: as in `?view=health` */
export function WithSearch({ first, children }: { first: string; children: ReactNode }) {
  const [search, setSearch] = useState(() => new URLSearchParams(first))
  const change = useCallback(
    (next: Change) => setSearch(before => new URLSearchParams(typeof next === 'function' ? next(before) : next)),
    [],
  )
  return <Search value={[search, change]}>{children}</Search>
}

export const useSearchParams = () => useContext(Search)

/** The address says the language, in the portal: here the element does. */
export const useLocation = () => ({ pathname: pathIn(useSite().language, '/') })

/** Shows a page of the portal beside the other site; unless that shows something itself. */
export function useNavigate(): (path: string) => void {
  const { portal, follow } = useSite()
  return path => {
    if (!follow(path)) window.open(`${portal}${path}`, '_blank', 'noopener')
  }
}

/** Another look at the same, or a page of the portal as `useNavigate` shows it. */
export function Link({
  to,
  children,
  className,
  ...rest
}: Pick<AnchorHTMLAttributes<HTMLAnchorElement>, 'children' | 'className' | 'aria-current' | 'tabIndex'> & { to: string }) {
  const { portal, follow } = useSite()
  const [, setSearch] = useSearchParams()
  const shared = { className, 'aria-current': rest['aria-current'], tabIndex: rest.tabIndex }
  if (to.startsWith('?'))
    return (
      <a
        {...shared}
        href={to}
        onClick={event => {
          event.preventDefault()
          setSearch(to)
        }}
      >
        {children}
      </a>
    )
  return (
    <a
      {...shared}
      href={`${portal}${to}`}
      target="_blank"
      rel="noopener noreferrer"
      onClick={event => follow(to) && event.preventDefault()}
    >
      {children}
    </a>
  )
}
