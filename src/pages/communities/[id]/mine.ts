import type { APIRoute } from 'astro';
import { acceptForm } from '#core/answer.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { viewCommunity } from '#domains/places/service.ts';
import { rememberCommunity } from '../../../layouts/my-community.ts';

/** Remembers the community on this device: the complaint form then begins with it. */
export const POST: APIRoute = async (context) => {
  acceptForm(context);
  const { community } = await viewCommunity(Number(context.params.id) as PlaceId);
  rememberCommunity(context.cookies, community.id);
  return new Response(null, {
    status: 303,
    headers: { Location: `/communities/${community.id}/mine-saved`, 'Cache-Control': 'no-store' },
  });
};
