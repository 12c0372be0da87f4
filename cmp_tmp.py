import os,sys,time,collections
from pathlib import Path
from bench import scans, scan_truth
import relayout
from relayout.validate import validate
from relayout.writers import WRITERS
for c in scans.ISSUES:
    for path in scans.issues(c):
        t=scan_truth.mets(path)
        b=time.perf_counter()
        issue=relayout.fix(path, structure=sys.argv[1])
        b=time.perf_counter()-b
        arts=[a for a in issue.articles if a.kind.value!='unassigned']
        a=[tuple((l.place.page,l.place.line) for p in x.paragraphs for l in p.lines) for x in arts]
        tr=list(t.units)
        same=sum(x==y for x,y in zip(a,tr)); sets=sum(set(x)==set(y) for x,y in zip(a,tr))
        print(path.name,len(a),len(tr),same,sets, "s/page %.2f"%(b/len(t.sheets)), collections.Counter(x.kind.value for x in issue.articles), "furn",len(issue.furniture), collections.Counter(p.role.value for x in arts for p in x.paragraphs))
        print(collections.Counter((n.level.value,n.stage,n.what[:50],n.why[:50]) for n in issue.notes if n.stage in("structure","read") or n.stage=="follow" and n.level.value=="doubt").most_common(6))
        for n,d in WRITERS["tei"].render(issue).items():
            print(n, validate(d,n)[:2])
        if path.name.startswith("19011121"):
            Path("/tmp/t.txt").write_bytes(next(iter(WRITERS["txt"].render(issue).values())))
