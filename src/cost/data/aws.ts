/**
 * List prices of AWS. Of transfer between regions only the sending one is charged. The pairs of the source are of one price a
 * sending region, but for the two of the US east, so a row to "any" stands for them.
 */
export const AWS = `item,provider,region,to,value,unit,source,date,status
transfer out,aws,af-south-1,any,0.147,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,af-south-1,,0.154,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-east-1,any,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-east-1,,0.12,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-northeast-1,any,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-northeast-1,,0.114,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-northeast-2,any,0.08,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-northeast-2,,0.126,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-northeast-3,any,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-northeast-3,,0.114,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-south-1,any,0.086,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-south-1,,0.1093,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-southeast-1,any,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-southeast-1,,0.12,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-southeast-2,any,0.098,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-southeast-2,,0.114,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ap-southeast-3,any,0.1,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ap-southeast-3,,0.132,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,ca-central-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,ca-central-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-central-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-central-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-central-2,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-central-2,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-north-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-north-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-south-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-south-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-south-2,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-south-2,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-west-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-west-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-west-2,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-west-2,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,eu-west-3,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,eu-west-3,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,me-central-1,any,0.085,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,me-central-1,,0.11,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,me-south-1,any,0.1105,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,me-south-1,,0.117,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,sa-east-1,any,0.138,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,sa-east-1,,0.15,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-east-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,us-east-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-east-2,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,us-east-2,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-gov-east-1,any,0.03,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,us-gov-east-1,,0.155,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-west-1,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,us-west-1,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-west-2,any,0.02,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
egress,aws,us-west-2,,0.09,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-east-1,us-east-2,0.01,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
transfer out,aws,us-east-2,us-east-1,0.01,USD/GB,github skyplane-project/skyplane data/aws_transfer_costs.csv,2023-04-27,verified in source
instance m6i.large,aws,us-east-1,,0.096,USD/hour,github tanrikuluozlem/burn pricing static table,2026-04,verified in source
instance m6i.large,aws,us-west-2,,0.096,USD/hour,github tanrikuluozlem/burn pricing static table,2026-04,verified in source
instance m6i.large,aws,eu-west-1,,0.107,USD/hour,github tanrikuluozlem/burn pricing static table,2026-04,verified in source
instance m6i.large,aws,us-east-2,,0.096,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,us-west-1,,0.112,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ca-central-1,,0.107,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,eu-west-2,,0.111,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,eu-west-3,,0.112,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,eu-central-1,,0.115,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,eu-north-1,,0.102,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,eu-south-1,,0.112,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-south-1,,0.101,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-southeast-1,,0.12,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-southeast-2,,0.12,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-southeast-3,,0.12,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-northeast-1,,0.124,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-northeast-2,,0.118,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-northeast-3,,0.124,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,ap-east-1,,0.132,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,me-south-1,,0.132,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,me-central-1,,0.1177,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m6i.large,aws,af-south-1,,0.127,USD/hour,github skypilot-org/skypilot-catalog catalogs/v8/aws/vms.csv,undated (2025-26),verified in source
instance m5.large,aws,ap-northeast-1,,0.124,USD/hour,github tanrikuluozlem/burn pricing static table,2026-04,verified in source
instance m5.large,aws,ap-southeast-1,,0.12,USD/hour,github tanrikuluozlem/burn pricing static table,2026-04,verified in source
instance m5.large,aws,us-east-2,,0.096,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,us-west-1,,0.112,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ca-central-1,,0.107,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,eu-west-2,,0.111,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,eu-west-3,,0.112,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,eu-north-1,,0.102,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,eu-south-1,,0.112,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,eu-central-1,,0.115,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ap-south-1,,0.101,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ap-southeast-2,,0.12,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ap-northeast-2,,0.118,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ap-northeast-3,,0.124,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,ap-east-1,,0.132,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,me-south-1,,0.118,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,af-south-1,,0.127,USD/hour,AWS on-demand list,undated,from memory: an assumption
instance m5.large,aws,sa-east-1,,0.153,USD/hour,AWS on-demand list,undated,from memory: an assumption
transfer in,aws,any,any,0,USD/GB,AWS Global Network FAQ: transfer between regions is charged only on its source region,undated,verified in source
zone transfer,aws,any,,0.01,USD/GB,redresscompliance.com aws-inter-region-transfer-costs: each direction,undated (page of 2025-26),secondary source
storage gp3,aws,any,,0.08,USD/GB-month,github tanrikuluozlem/burn storagePrices,2026-04,"price of US regions, taken for all: an assumption"
storage gp2,aws,any,,0.1,USD/GB-month,github tanrikuluozlem/burn storagePrices,2026-04,"price of US regions, taken for all: an assumption"
storage io2,aws,any,,0.125,USD/GB-month,github tanrikuluozlem/burn storagePrices: without its provisioned IOPS,2026-04,"price of US regions, taken for all: an assumption"
storage aurora-io-optimized,aws,us-east-1,,0.225,USD/GB-month,public cost study citing the AWS list,2026,secondary source
storage aurora-io-optimized,aws,us-east-2,,0.225,USD/GB-month,public cost study citing the AWS list,2026,secondary source
storage aurora-io-optimized,aws,us-west-2,,0.225,USD/GB-month,public cost study citing the AWS list,2026,secondary source
storage aurora-io-optimized,aws,ca-central-1,,0.248,USD/GB-month,public cost study citing the AWS list; column read as Canada,2026,"secondary source, not certain"
storage aurora,aws,us-east-1,,0.10,USD/GB-month,AWS list,undated,from memory: an assumption
replicated write aurora,aws,us-east-1,,0.20,USD/million,"public cost studies: Aurora Global Database, for each secondary region",2026,secondary source
backup,aws,any,,0.05,USD/GB-month,AWS list: EBS snapshots,undated,from memory: an assumption
health check,aws,any,,0,USD/month,"AWS bulk price list extract: the first 50 AWS endpoints are free, 0.50 a month beyond",2026,verified in source
health check fast,aws,any,,1.00,USD/month,"AWS bulk price list extract: each option, as the fast interval of 10 s",2026,verified in source
dns query,aws,any,,0.60,USD/million,AWS list: latency-based queries,undated,from memory: an assumption
anycast,aws,any,,0.025,USD/hour,"github api-evangelist/amazon-global-accelerator: as on aws.amazon.com/global-accelerator/pricing, without its premium per GB",2026-09-20,secondary source
`;
