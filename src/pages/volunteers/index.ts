import type { APIRoute } from 'astro';

/** Until people can sign up here, the way into 志愿服务 leads to what is written about it. */
export const GET: APIRoute = ({ redirect }) => redirect('/news/volunteering/', 302);
