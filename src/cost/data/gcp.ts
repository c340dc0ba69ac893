/**
 * List prices of Google Cloud. An e2 machine is billed by its vCPUs and its memory. Transfer between regions is as a reseller
 * bills it, since the list of February 2024 was at hand from memory only.
 */
export const GCP = `item,provider,region,to,value,unit,source,date,status
vcpu e2,gcp,africa-south1,,0.028529,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-east1,,0.025255,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-east2,,0.030519,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-northeast1,,0.028026,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-northeast2,,0.028026,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-northeast3,,0.028026,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-south1,,0.026199,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-south2,,0.026199,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-southeast1,,0.026909,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,asia-southeast2,,0.029331,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,australia-southeast1,,0.03095,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,australia-southeast2,,0.03095,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-central2,,0.028103,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-north1,,0.024016,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-southwest1,,0.025738,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west1,,0.023993,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west2,,0.028103,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west3,,0.028103,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west4,,0.024013,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west6,,0.030519,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west8,,0.025302,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west9,,0.025302,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west10,,0.03358985,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,europe-west12,,0.02813695,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,me-west1,,0.02399275,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,me-central1,,0.02650108,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,me-central2,,0.03489854,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,northamerica-northeast1,,0.024013,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,northamerica-northeast2,,0.02401338,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,southamerica-east1,,0.034624,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,southamerica-west1,,0.031190573,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-central1,,0.021811,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-east1,,0.021811,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-east4,,0.024567,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-east5,,0.02181159,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-south1,,0.02573768,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-west1,,0.021811,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-west2,,0.026199,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-west3,,0.026199,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
vcpu e2,gcp,us-west4,,0.024567,USD/vCPU-hour,github GoogleCloudPlatform/region-picker data/prices.json,2025-08-11,verified in source
memory e2,gcp,any,,0.00292353,USD/GB-hour,Google Cloud list: us-central1,undated,"from memory, price of one region taken for all: an assumption"
storage pd-balanced,gcp,any,,0.1,USD/GB-month,github tanrikuluozlem/burn storagePrices,2026-04,"price of US regions, taken for all: an assumption"
storage pd-ssd,gcp,any,,0.17,USD/GB-month,github tanrikuluozlem/burn storagePrices,2026-04,"price of US regions, taken for all: an assumption"
backup,gcp,any,,0.05,USD/GB-month,Google Cloud list: standard snapshots,undated,from memory: an assumption
transfer out,gcp,any,any,0.08,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer out,gcp,North America,North America,0.02,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer out,gcp,Oceania,any,0.157,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer out,gcp,any,Oceania,0.157,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer out,gcp,Africa,any,0.157,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer out,gcp,any,Africa,0.157,USD/GB,github mongodb/docs atlas-stream-processing/gcp-data-transfer-costs.rst: as billed by a reseller,undated (docs of 2025-26),verified in source; the list of a reseller
transfer in,gcp,any,any,0,USD/GB,Google Cloud list: ingress,undated,from memory: an assumption
zone transfer,gcp,any,,0.01,USD/GiB,"github api-evangelist/google-cloud-vpc: as on cloud.google.com/vpc/network-pricing",2026-09-20,secondary source
egress,gcp,any,,0.12,USD/GiB,egresscost.com/gcp/regions: Premium tier to the world but Australia and China,2026-04,secondary source
health check,gcp,any,,0,USD/month,Google Cloud list: health checks of load balancers,undated,from memory: an assumption
health check fast,gcp,any,,0,USD/month,Google Cloud list: health checks of load balancers,undated,from memory: an assumption
dns query,gcp,any,,0.70,USD/million,"github api-evangelist/google-cloud-dns: as on cloud.google.com/dns/pricing, queries of a routing policy",2026-09-20,secondary source
anycast,gcp,any,,0.025,USD/hour,"github api-evangelist/google-cloud-load-balancing: as on cloud.google.com/load-balancing/pricing, a global forwarding rule without its price per GiB",2026-09-20,secondary source
`;
