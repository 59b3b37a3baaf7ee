import { useEffect, useState } from 'preact/hooks';

type State = 'idle' | 'asking' | 'found' | 'denied' | 'failed';

const WORDS: Readonly<Record<State, string>> = {
  idle: '点击后读取一次这台设备的位置，只给办理单位找地点，不公开。',
  asking: '正在定位……',
  found: '已记下位置，随诉求一起提交。',
  denied: '没有得到定位许可，请写具体位置。',
  failed: '没有定到位置，请写具体位置。',
};

const hidden = (id: string): HTMLInputElement | null => {
  const input = document.getElementById(id);
  return input instanceof HTMLInputElement ? input : null;
};

function put(lat: string, lng: string): void {
  const [a, b] = [hidden('f-lat'), hidden('f-lng')];
  if (a) a.value = lat;
  if (b) b.value = lng;
}

/** 「使用我的位置」: asks once when pressed, and takes the place out again on request. */
export function PlaceFinder() {
  const [state, setState] = useState<State | null>(null);
  useEffect(() => {
    if ('geolocation' in navigator) setState(hidden('f-lat')?.value ? 'found' : 'idle');
  }, []);
  if (state === null) return null;
  const ask = () => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // Five decimals are a metre: enough for a manhole, and no more than is needed.
        put(coords.latitude.toFixed(5), coords.longitude.toFixed(5));
        setState('found');
      },
      (problem) => setState(problem.code === problem.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  };
  const drop = () => {
    put('', '');
    setState('idle');
  };
  return (
    <div class="field">
      {state === 'found' ? (
        <button type="button" class="btn btn-secondary" onClick={drop}>
          去掉位置
        </button>
      ) : (
        <button type="button" class="btn btn-secondary" onClick={ask} disabled={state === 'asking'}>
          使用我的位置
        </button>
      )}
      <p class="hint" role="status">
        {WORDS[state]}
      </p>
    </div>
  );
}
