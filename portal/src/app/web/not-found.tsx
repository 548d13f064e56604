import { data } from 'react-router'

export { stillPage as handle } from '#platform/web'

/** Every address that is no page: 404 in the frame of the public pages. */
export function loader(): never {
  throw data(null, { status: 404 })
}

export default function NotFound() {
  return null
}
