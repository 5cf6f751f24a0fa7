import { setFlagsFromString } from 'node:v8';
setFlagsFromString('--experimental-wasm-relaxed-simd');
const ag = await import('@igos/autograd');
const { folderReader } = await import('@igos/autograd/node');
const { loadModel } = await import('@igos/autograd/tfjs');
const { scoreOfModel, createMaskProblem, explain, explainToEnd } = await import('igos');
import { readFileSync } from 'node:fs';
const dir='/work/main/test/golden/fixtures/trained16/';
const model=await loadModel(folderReader(dir+'model'));
const npy=(f:string)=>{const b=readFileSync(f);const n=b.readUInt16LE(8);const h=b.subarray(10,10+n).toString();const shape=/\(([^)]*)\)/.exec(h)![1].split(',').filter(s=>s.trim()).map(Number);const raw=new Uint8Array(b.subarray(10+n)).buffer;const data=h.includes('f8')?Float32Array.from(new Float64Array(raw)):new Float32Array(raw);return {data,shape}};
const image=npy(dir+'trained16_84/image.npy'),baseline=npy(dir+'trained16_84/baseline.npy');
const meta=JSON.parse(readFileSync(dir+'trained16_84/image.json','utf8'));
const be=ag.createWasmBackend({});
const score=scoreOfModel(model,{target:{kind:'index',index:meta.cls}});
const p=createMaskProblem({score,image,baseline,maskSize:[16,16],backend:be});
const t:number[]=[];let r:any;
for(let i=0;i<60;i++){const a=performance.now();r=await explainToEnd(explain(p,{iterations:15,noise:{sigma:0,seed:0}} as any));t.push(performance.now()-a)}
t.splice(0,20);t.sort((a,b)=>a-b);console.log('trained16',image.shape,'min',t[0].toFixed(2),'median',t[20].toFixed(2),r.iterations,r.stopped,r.evaluations,r.final.score);
