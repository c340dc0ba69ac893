/**
 * List prices of Azure. Transfer between regions is that of global VNet peering, which charges both ends; zones of prices are
 * taken as continents.
 */
export const AZURE = `item,provider,region,to,value,unit,source,date,status
transfer out,azure,North America,any,0.035,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,North America,any,0.035,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,Europe,any,0.035,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,Europe,any,0.035,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,Asia,any,0.09,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,Asia,any,0.09,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,Oceania,any,0.09,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,Oceania,any,0.09,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,South America,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,South America,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,Middle East,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,Middle East,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer out,azure,Africa,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
transfer in,azure,Africa,any,0.16,USD/GB,"github az-scout/az-scout-plugin-network-cost price_fetcher.py: global VNet peering, charged at both ends",2026-04-14,verified in source
egress,azure,North America,,0.087,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,Europe,,0.087,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,Asia,,0.12,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,Oceania,,0.12,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,Middle East,,0.12,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,Africa,,0.12,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
egress,azure,South America,,0.181,USD/GB,Azure list: first paid tier; 100 GB a month are free,undated,from memory: an assumption
instance D2s_v5,azure,australiacentral,,0.12,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,australiacentral2,,0.12,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,australiaeast,,0.12,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,australiasoutheast,,0.125,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,austriaeast,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,brazilsouth,,0.153,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,brazilsoutheast,,0.199,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,canadacentral,,0.107,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,canadaeast,,0.107,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,centralindia,,0.101,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,centralus,,0.108,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,chilecentral,,0.134,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,eastasia,,0.132,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,eastus,,0.096,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,eastus2,,0.096,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,francecentral,,0.112,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,francesouth,,0.146,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,germanynorth,,0.15,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,germanywestcentral,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,indonesiacentral,,0.108,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,israelcentral,,0.112,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,italynorth,,0.112,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,japaneast,,0.124,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,japanwest,,0.124,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,jioindiawest,,0.101,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,koreacentral,,0.118,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,koreasouth,,0.11,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,malaysiawest,,0.108,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,mexicocentral,,0.106,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,newzealandnorth,,0.126,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,northcentralus,,0.096,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,northeurope,,0.107,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,norwayeast,,0.127,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,norwaywest,,0.164,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,polandcentral,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,qatarcentral,,0.118,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,southafricanorth,,0.127,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,southafricawest,,0.165,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,southcentralus,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,southeastasia,,0.12,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,southindia,,0.135,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,spaincentral,,0.107,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,swedencentral,,0.102,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,switzerlandnorth,,0.127,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,switzerlandwest,,0.164,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,uaecentral,,0.153,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,uaenorth,,0.118,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,uksouth,,0.111,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,ukwest,,0.116,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westcentralus,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westeurope,,0.115,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westindia,,0.123,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westus,,0.112,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westus2,,0.096,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
instance D2s_v5,azure,westus3,,0.096,USD/hour,github Azure/karpenter-provider-azure zz_generated.pricing.go: Linux on demand,2026-06-18,verified in source
storage premium-ssd,azure,any,,0.135,USD/GB-month,github tanrikuluozlem/burn storagePrices: Premium LRS,2026-04,"price of US regions, taken for all: an assumption"
storage standard-ssd,azure,any,,0.075,USD/GB-month,github tanrikuluozlem/burn storagePrices: Standard SSD LRS,2026-04,"price of US regions, taken for all: an assumption"
backup,azure,any,,0.05,USD/GB-month,Azure list: standard snapshots,undated,from memory: an assumption
zone transfer,azure,any,,0,USD/GB,Azure said in 2024 that it charges nothing between zones,undated,from memory: an assumption
health check,azure,any,,0.36,USD/month,"Azure list: Traffic Manager, Azure endpoint",undated,from memory: an assumption
health check fast,azure,any,,1.00,USD/month,"Azure list: Traffic Manager, fast interval",undated,from memory: an assumption
dns query,azure,any,,0.54,USD/million,Azure list: Traffic Manager,undated,from memory: an assumption
anycast,azure,any,,0.047945,USD/hour,"blog.cdnsun.com microsoft-azure-front-door-pricing: Front Door Standard is 35 USD a month, without its price per GB and request",undated (2026),secondary source
`;
