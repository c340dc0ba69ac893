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
instance D2s_v5,azure,eastus,,0.096,USD/hour,Azure list,undated,from memory: an assumption
storage premium-ssd,azure,any,,0.135,USD/GB-month,github tanrikuluozlem/burn storagePrices: Premium LRS,2026-04,"price of US regions, taken for all: an assumption"
storage standard-ssd,azure,any,,0.075,USD/GB-month,github tanrikuluozlem/burn storagePrices: Standard SSD LRS,2026-04,"price of US regions, taken for all: an assumption"
backup,azure,any,,0.05,USD/GB-month,Azure list: standard snapshots,undated,from memory: an assumption
zone transfer,azure,any,,0,USD/GB,Azure said in 2024 that it charges nothing between zones,undated,from memory: an assumption
health check,azure,any,,0.36,USD/month,"Azure list: Traffic Manager, Azure endpoint",undated,from memory: an assumption
health check fast,azure,any,,1.00,USD/month,"Azure list: Traffic Manager, fast interval",undated,from memory: an assumption
dns query,azure,any,,0.54,USD/million,Azure list: Traffic Manager,undated,from memory: an assumption
`;
