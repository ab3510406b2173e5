/**
 * The manifests: the restricted profile of Pod Security, rule by rule as the Kubernetes project
 * writes it, one writer, and a network that lets nobody in.
 */
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { filesIn, read } from "../kit/tree.ts";

type Part = Readonly<Record<string, unknown>>;

interface Security {
  readonly [rule: string]: unknown;
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext: Security;
  readonly resources: Readonly<Record<"requests" | "limits", Part>>;
  readonly volumeMounts: readonly { readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly env?: unknown;
  readonly envFrom?: unknown;
  readonly [probe: string]: unknown;
}
interface Pod {
  readonly securityContext: Security;
  readonly containers: readonly Container[];
  readonly volumes: readonly Part[];
  readonly terminationGracePeriodSeconds: number;
  readonly [rule: string]: unknown;
}

const folder = "deploy/kubernetes";
const documents = filesIn(folder)
  .filter((path) => path.endsWith(".yaml") && !path.endsWith("/config.yaml"))
  .flatMap((path) => parseAllDocuments(read(path)).map((one) => one.toJS() as Part));
const ofKind = (kind: string): Part => documents.find((one) => one["kind"] === kind) ?? {};
const set = ofKind("StatefulSet")["spec"] as Part & {
  readonly template: { readonly spec: Pod };
};
const pod = set.template.spec;

/** Violations of the restricted profile; https://kubernetes.io/docs/concepts/security/pod-security-standards. */
function violations({ spec }: { readonly spec: Pod }): readonly string[] {
  const found: string[] = [];
  const must = (rule: string, isKept: boolean): void => void (isKept || found.push(rule));
  for (const word of ["hostNetwork", "hostPID", "hostIPC"]) must(word, spec[word] !== true);
  const kinds = new Set(
    ...[["name", "configMap", "secret", "emptyDir", "persistentVolumeClaim", "projected"]],
  );
  for (const one of spec.volumes) {
    must(
      `volume ${String(one["name"])}`,
      Object.keys(one).every((kind) => kinds.has(kind)),
    );
  }
  const above = spec.securityContext;
  must("sysctls", above["sysctls"] === undefined);
  for (const { name, securityContext: own, ...rest } of spec.containers) {
    const rule = (word: string): unknown => own[word] ?? above[word];
    const capabilities = own["capabilities"] as { drop?: string[]; add?: string[] } | undefined;
    must(`${name}: privileged`, own["privileged"] !== true);
    must(`${name}: allowPrivilegeEscalation`, own["allowPrivilegeEscalation"] === false);
    must(`${name}: drop ALL`, capabilities?.drop?.includes("ALL") === true);
    must(
      `${name}: add`,
      (capabilities?.add ?? []).every((one) => one === "NET_BIND_SERVICE"),
    );
    must(`${name}: runAsNonRoot`, rule("runAsNonRoot") === true);
    must(`${name}: runAsUser`, rule("runAsUser") !== 0);
    const seccomp = rule("seccompProfile") as { type?: string } | undefined;
    must(`${name}: seccomp`, ["RuntimeDefault", "Localhost"].includes(seccomp?.type ?? ""));
    must(`${name}: procMount`, (own["procMount"] ?? "Default") === "Default");
    const ports = (rest["ports"] ?? []) as readonly Part[];
    must(
      `${name}: hostPort`,
      ports.every((port) => port["hostPort"] === undefined),
    );
  }
  return found;
}

describe("the pod", () => {
  test("keeps the restricted profile, in a namespace that enforces it", () => {
    expect(violations({ spec: pod })).toEqual([]);
    const { labels } = ofKind("Namespace")["metadata"] as { labels: Part };
    expect(labels["pod-security.kubernetes.io/enforce"]).toBe("restricted");
  });

  test("would be found out by these rules", () => {
    const [container] = pod.containers as [Container];
    const loose: Pod = {
      ...pod,
      hostNetwork: true,
      securityContext: {},
      volumes: [{ name: "host", hostPath: { path: "/" } }],
      containers: [{ ...container, securityContext: { privileged: true } }],
    };
    expect(violations({ spec: loose })).toEqual([
      ...["hostNetwork", "volume host", "tradestream: privileged"],
      ...["tradestream: allowPrivilegeEscalation", "tradestream: drop ALL"],
      ...["tradestream: runAsNonRoot", "tradestream: seccomp"],
    ]);
  });

  test("writes its volume and a little memory, and nothing else", () => {
    const [{ securityContext, volumeMounts, resources }] = pod.containers as [Container];
    expect(securityContext["readOnlyRootFilesystem"]).toBe(true);
    const writable = volumeMounts.filter(({ readOnly }) => readOnly !== true);
    expect(writable.map(({ mountPath }) => mountPath)).toEqual(["/var/lib/tradestream", "/tmp"]);
    for (const part of ["requests", "limits"] as const) {
      expect(Object.keys(resources[part])).toEqual(["cpu", "memory", "ephemeral-storage"]);
    }
  });

  test("is asked whether it starts, lives and is ready, by itself", () => {
    const [container] = pod.containers as [Container];
    const asked = ["startupProbe", "livenessProbe", "readinessProbe"].map(
      (probe) => (container[probe] as { exec: { command: string[] } }).exec.command,
    );
    expect(asked.map((words) => words.join(" "))).toEqual([
      ...["node /app/healthcheck.mjs live", "node /app/healthcheck.mjs live"],
      "node /app/healthcheck.mjs ready",
    ]);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(60);
  });

  test("has secrets as files, and no key to the cluster", () => {
    const [container] = pod.containers as [Container];
    expect([container.env, container.envFrom]).toEqual([undefined, undefined]);
    expect(pod["automountServiceAccountToken"]).toBe(false);
    expect(ofKind("ServiceAccount")["automountServiceAccountToken"]).toBe(false);
    expect(documents.filter(({ kind }) => kind === "Secret")).toEqual([]);
  });
});

describe("the set", () => {
  test("is one pod, and the old one is gone before the new one comes", () => {
    expect(set).toMatchObject({ replicas: 1, podManagementPolicy: "OrderedReady" });
    expect(documents.filter(({ kind }) => kind === "Deployment")).toEqual([]);
    const [claim] = set["volumeClaimTemplates"] as readonly { spec: { accessModes: string[] } }[];
    expect(claim?.spec.accessModes).toEqual(["ReadWriteOncePod"]);
    expect(set["persistentVolumeClaimRetentionPolicy"]).toEqual({
      whenDeleted: "Retain",
      whenScaled: "Retain",
    });
  });

  test("is reached by nobody, and reaches neither other pods nor the keys of the cloud", () => {
    const { spec } = ofKind("NetworkPolicy") as { spec: Part };
    expect(spec["policyTypes"]).toEqual(["Ingress", "Egress"]);
    expect(spec["ingress"]).toEqual([]);
    const blocks = JSON.stringify(spec["egress"]);
    for (const range of ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]) {
      expect(blocks).toContain(range);
    }
  });

  test("is put together from files that are there, all of them", () => {
    const { resources, configMapGenerator } = ofKind("Kustomization") as {
      resources: string[];
      configMapGenerator: { files: string[] }[];
    };
    const named = [...resources, ...(configMapGenerator[0]?.files ?? []), "kustomization.yaml"];
    expect(named.map((name) => `${folder}/${name}`).sort()).toEqual(filesIn(folder));
  });
});
