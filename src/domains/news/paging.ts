const PER_PAGE = 20;

/** A page of a list; asking past the end shows the last page. */
export interface Page<T> {
  items: T[];
  page: number;
  pages: number;
  total: number;
}

/** A page of a list that has `total` items in all. */
export async function paged<T>(
  total: number,
  asked: number,
  list: (limit: number, offset: number) => Promise<T[]>,
): Promise<Page<T>> {
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  const page = Math.min(Math.max(1, asked), pages);
  return { items: await list(PER_PAGE, (page - 1) * PER_PAGE), page, pages, total };
}
