import type { PlaceLevel } from '#db/schema/places.values.ts';
import type { DemoPlace } from './types.ts';

/** The key of the fictional city. */
export const CITY = 'yunting';

interface Sketch {
  key: string;
  level: PlaceLevel;
  name: string;
  lat?: number;
  lng?: number;
  inside?: Sketch[];
}

/** A community (or village, which stands beside it): grids by name, the buildings in each by name. */
function community(
  key: string,
  name: string,
  lat: number,
  lng: number,
  grids: Record<string, string[]>,
): Sketch {
  return {
    key,
    level: 'community',
    name,
    lat,
    lng,
    inside: Object.entries(grids).map(([grid, buildings], g) => ({
      key: `${key}-g${g + 1}`,
      level: 'grid',
      name: grid,
      inside: buildings.map((building, b) => ({
        key: `${key}-g${g + 1}-b${b + 1}`,
        level: 'building',
        name: building,
      })),
    })),
  };
}

// The points lie in the open sea on purpose: a city that does not exist stands on nobody's land.
const sketch: Sketch = {
  key: CITY,
  level: 'city',
  name: '云汀市',
  lat: 30.02,
  lng: 124.5,
  inside: [
    {
      key: 'tingnan',
      level: 'district',
      name: '汀南区',
      lat: 30.005,
      lng: 124.48,
      inside: [
        {
          key: 'nanmen',
          level: 'street',
          name: '南门口街道',
          lat: 29.998,
          lng: 124.476,
          inside: [
            community('huaiyin', '槐荫社区', 29.9962, 124.4731, {
              槐荫里网格: ['槐荫里1号楼', '槐荫里2号楼', '槐荫里3号楼'],
              邮电大院网格: ['邮电大院东楼', '邮电大院西楼'],
            }),
            community('yancang', '盐仓社区', 29.9991, 124.4802, {
              盐仓老街网格: ['盐仓街12号院', '盐仓街36号院', '盐仓街58号院'],
              粮站宿舍网格: ['粮站宿舍1栋', '粮站宿舍2栋'],
            }),
            community('donghao', '东濠社区', 30.0013, 124.4846, {
              濠畔网格: ['濠畔花园1栋', '濠畔花园2栋', '濠畔花园3栋'],
              船厂宿舍网格: ['船厂宿舍甲楼'],
            }),
          ],
        },
        {
          key: 'liuxiang',
          level: 'street',
          name: '柳巷街道',
          lat: 30.006,
          lng: 124.489,
          inside: [
            community('liuxiang-c', '柳巷社区', 30.0047, 124.4871, {
              柳巷北网格: ['柳巷7号', '柳巷21号', '柳巷33号'],
              柳巷南网格: ['柳巷60号', '柳巷72号'],
            }),
            community('fangzhi', '纺织新村社区', 30.0079, 124.4915, {
              新村一片: ['纺织新村3栋', '纺织新村5栋', '纺织新村8栋'],
              新村二片: ['纺织新村14栋', '纺织新村17栋', '纺织新村19栋'],
            }),
            community('linghu', '菱湖社区', 30.0101, 124.4958, {
              湖滨网格: ['湖滨雅居1栋', '湖滨雅居4栋', '湖滨雅居6栋'],
              渔业队网格: ['渔业队老楼', '渔业队新楼'],
            }),
          ],
        },
        {
          key: 'shuyuan',
          level: 'street',
          name: '书院街道',
          lat: 30.012,
          lng: 124.482,
          inside: [
            community('shuyuan-c', '书院社区', 30.0116, 124.4803, {
              书院前网格: ['书院前街2号', '书院前街9号', '书院前街15号'],
              讲堂巷网格: ['讲堂巷4号'],
            }),
            community('shifanli', '师范里社区', 30.0142, 124.4837, {
              教工网格: ['师范里1栋', '师范里2栋', '师范里6栋'],
              附小网格: ['师范里10栋', '师范里11栋'],
            }),
            community('xiajie', '下街社区', 30.0155, 124.4782, {
              下街网格: ['下街18号', '下街40号', '下街55号'],
              机械厂网格: ['机械厂家属院2栋', '机械厂家属院4栋'],
            }),
          ],
        },
      ],
    },
    {
      key: 'qingping',
      level: 'district',
      name: '青屏区',
      lat: 30.034,
      lng: 124.521,
      inside: [
        {
          key: 'wangping',
          level: 'street',
          name: '望屏街道',
          lat: 30.031,
          lng: 124.516,
          inside: [
            community('wangping-c', '望屏社区', 30.0298, 124.5133, {
              望屏一网格: ['望屏家园2栋', '望屏家园7栋', '望屏家园11栋'],
              望屏二网格: ['望屏家园15栋', '望屏家园20栋'],
            }),
            community('jinyuan', '锦苑社区', 30.0326, 124.5171, {
              锦苑东区: ['锦苑东区1栋', '锦苑东区5栋', '锦苑东区9栋'],
              锦苑西区: ['锦苑西区3栋', '锦苑西区8栋', '锦苑西区12栋'],
            }),
            community('xinhe', '新河社区', 30.0361, 124.5204, {
              青年公寓网格: ['青年公寓A座', '青年公寓B座'],
              新河湾网格: ['新河湾2栋', '新河湾6栋'],
            }),
          ],
        },
        {
          key: 'shiqiao',
          level: 'street',
          name: '石桥镇',
          lat: 30.047,
          lng: 124.541,
          inside: [
            community('shiqiao-c', '石桥社区', 30.0458, 124.5392, {
              正街网格: ['石桥正街22号', '石桥正街47号', '供销社楼'],
              车站网格: ['车站路8号楼'],
            }),
            community('qiaoxi', '桥西村', 30.0503, 124.5447, {
              上屋组: ['上屋祠堂片', '上屋井边片'],
              下洲组: ['下洲塘边片', '下洲新居'],
            }),
          ],
        },
      ],
    },
  ],
};

/** Two digits are added for each level below the district's six, three for streets and communities, as real codes do. */
function codeOf(parent: string, level: PlaceLevel, index: number): string {
  const number = index + 1;
  if (level === 'city') return '990100';
  if (level === 'district') return `9901${String(number + 1).padStart(2, '0')}`;
  const width = level === 'grid' || level === 'building' ? 2 : 3;
  return parent + String(number).padStart(width, '0');
}

function flatten(node: Sketch, parent: DemoPlace | null, index: number): DemoPlace[] {
  const place: DemoPlace = {
    key: node.key,
    level: node.level,
    parent: parent?.key ?? null,
    name: node.name,
    code: codeOf(parent?.code ?? '', node.level, index),
    lat: node.lat ?? Number(((parent?.lat ?? 0) + 0.0004 * (index - 1)).toFixed(4)),
    lng: node.lng ?? Number(((parent?.lng ?? 0) + 0.0005 * (index - 1)).toFixed(4)),
  };
  return [place, ...(node.inside ?? []).flatMap((child, at) => flatten(child, place, at))];
}

/** Every place of the city, each after the one it lies in. */
export const places: readonly DemoPlace[] = flatten(sketch, null, 0);
