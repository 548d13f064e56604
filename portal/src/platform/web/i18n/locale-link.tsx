import { Link, type LinkProps } from 'react-router'
import { pathIn } from '#platform/core'
import { useLanguage } from './use-language.ts'

/** A link to a page by its path without language; leads to it in the language of this page. */
export function LocaleLink({ to, ...rest }: Omit<LinkProps, 'to'> & { to: string }) {
  return <Link to={pathIn(useLanguage(), to)} {...rest} />
}
