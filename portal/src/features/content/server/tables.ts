import type { ColumnType } from 'kysely'
import type { Menus, PageDocument, PageKind } from '../core/index.ts'

/** Of migrations/0046-content.sql. */
export interface ContentTables {
  content_page: {
    id: string
    kind: PageKind
    slug: string
    draft: ColumnType<PageDocument, string, string>
    revision: number
    shown_version_id: string | null
    shown_slug: string | null
    first_shown_at: Date | null
    next_version_id: string | null
    publish_at: Date | null
    unpublish_at: Date | null
    changed_by: string | null
    changed_at: Date
    created_at: Date
  }
  content_version: {
    id: string
    page_id: string
    number: number
    document: ColumnType<PageDocument, string, string>
    made_by: string | null
    made_at: Date
    shown_at: Date | null
  }
  content_picture: { id: string; hash: string; width: number; height: number; created_at: Date }
  content_picture_size: { picture_id: string; width: number; webp: Buffer }
  content_menu: {
    only_one: ColumnType<boolean, never, never>
    header: ColumnType<Menus['header'], string, string>
    footer: ColumnType<Menus['footer'], string, string>
    revision: number
    updated_at: Date
  }
}
