/**
 * Cloud regions. Names are the providers' own. Coordinates are those of the city (providers publish no sites) and the
 * numbers of zones are from memory: good enough for distances, not for a contract.
 */
export const REGIONS = `provider,name,place,country,continent,latitude,longitude,jurisdiction,zones
aws,us-east-1,N. Virginia (Ashburn),USA,North America,39.04,-77.49,US,6
aws,us-east-2,Ohio (Columbus),USA,North America,39.96,-83.00,US,3
aws,us-west-1,N. California (San Jose),USA,North America,37.34,-121.89,US,3
aws,us-west-2,Oregon (Boardman),USA,North America,45.84,-119.70,US,4
aws,ca-central-1,Montreal,Canada,North America,45.50,-73.57,"Canada (EU adequacy, commercial)",3
aws,ca-west-1,Calgary,Canada,North America,51.05,-114.07,"Canada (EU adequacy, commercial)",3
aws,mx-central-1,Queretaro,Mexico,North America,20.59,-100.39,Mexico,3
aws,sa-east-1,Sao Paulo,Brazil,South America,-23.55,-46.63,Brazil,3
aws,eu-west-1,Ireland (Dublin),Ireland,Europe,53.35,-6.26,EU/EEA,3
aws,eu-west-2,London,UK,Europe,51.51,-0.13,UK,3
aws,eu-west-3,Paris,France,Europe,48.86,2.35,EU/EEA,3
aws,eu-central-1,Frankfurt,Germany,Europe,50.11,8.68,EU/EEA,3
aws,eu-central-2,Zurich,Switzerland,Europe,47.38,8.54,Switzerland (EU adequacy),3
aws,eu-north-1,Stockholm,Sweden,Europe,59.33,18.07,EU/EEA,3
aws,eu-south-1,Milan,Italy,Europe,45.46,9.19,EU/EEA,3
aws,eu-south-2,Spain (Aragon),Spain,Europe,41.65,-0.89,EU/EEA,3
aws,af-south-1,Cape Town,South Africa,Africa,-33.92,18.42,South Africa,3
aws,me-south-1,Bahrain,Bahrain,Middle East,26.07,50.55,Bahrain,3
aws,me-central-1,UAE (Dubai area),UAE,Middle East,25.20,55.27,UAE,3
aws,il-central-1,Tel Aviv,Israel,Middle East,32.09,34.78,Israel (EU adequacy),3
aws,ap-south-1,Mumbai,India,Asia,19.08,72.88,India,3
aws,ap-south-2,Hyderabad,India,Asia,17.39,78.49,India,3
aws,ap-southeast-1,Singapore,Singapore,Asia,1.35,103.82,Singapore,3
aws,ap-southeast-2,Sydney,Australia,Oceania,-33.87,151.21,Australia,3
aws,ap-southeast-3,Jakarta,Indonesia,Asia,-6.21,106.85,Indonesia,3
aws,ap-southeast-4,Melbourne,Australia,Oceania,-37.81,144.96,Australia,3
aws,ap-southeast-5,Malaysia (Kuala Lumpur),Malaysia,Asia,3.14,101.69,Malaysia,3
aws,ap-southeast-7,Thailand (Bangkok),Thailand,Asia,13.76,100.50,Thailand,3
aws,ap-northeast-1,Tokyo,Japan,Asia,35.68,139.65,Japan (EU adequacy),4
aws,ap-northeast-2,Seoul,South Korea,Asia,37.57,126.98,South Korea (EU adequacy),4
aws,ap-northeast-3,Osaka,Japan,Asia,34.69,135.50,Japan (EU adequacy),3
aws,ap-east-1,Hong Kong,Hong Kong,Asia,22.32,114.17,Hong Kong SAR,3
gcp,africa-south1,Johannesburg,South Africa,Africa,26.2056,28.0337,South Africa,3
gcp,asia-east1,Taiwan,Taiwan,Asia,23.69781,120.960515,Taiwan,3
gcp,asia-east2,Hong Kong,Hong Kong,Asia,22.396428,114.109497,Hong Kong SAR,3
gcp,asia-northeast1,Tokyo,Japan,Asia,35.6762,139.6503,Japan (EU adequacy),3
gcp,asia-northeast2,Osaka,Japan,Asia,34.6937,135.5023,Japan (EU adequacy),3
gcp,asia-northeast3,Seoul,South Korea,Asia,37.5665,126.978,South Korea (EU adequacy),3
gcp,asia-south1,Mumbai,India,Asia,19.076,72.8777,India,3
gcp,asia-south2,Delhi,India,Asia,28.7041,77.1025,India,3
gcp,asia-southeast1,Singapore,Singapore,Asia,1.3521,103.8198,Singapore,3
gcp,asia-southeast2,Jakarta,Indonesia,Asia,-6.2088,106.8456,Indonesia,3
gcp,australia-southeast1,Sydney,Australia,Oceania,-33.8688,151.2093,Australia,3
gcp,australia-southeast2,Melbourne,Australia,Oceania,-37.8136,144.9631,Australia,3
gcp,europe-central2,Warsaw,Poland,Europe,52.2297,21.0122,EU/EEA,3
gcp,europe-north1,Hamina,Finland,Europe,60.5693,27.1878,EU/EEA,3
gcp,europe-southwest1,Madrid,Spain,Europe,40.4167,-3.7025,EU/EEA,3
gcp,europe-west1,Belgium,Belgium,Europe,50.5039,4.4699,EU/EEA,3
gcp,europe-west2,London,UK,Europe,51.5074,-0.1278,UK,3
gcp,europe-west3,Frankfurt,Germany,Europe,50.1109,8.6821,EU/EEA,3
gcp,europe-west4,Netherlands,Netherlands,Europe,52.1326,5.2913,EU/EEA,3
gcp,europe-west6,Zurich,Switzerland,Europe,47.3769,8.5417,Switzerland (EU adequacy),3
gcp,europe-west8,Milan,Italy,Europe,45.4669,9.19,EU/EEA,3
gcp,europe-west9,Paris,France,Europe,48.8566,2.3522,EU/EEA,3
gcp,europe-west10,Berlin,Germany,Europe,52.52,13.405,EU/EEA,3
gcp,europe-west12,Turin,Italy,Europe,45.0703,7.6869,EU/EEA,3
gcp,me-west1,Tel Aviv,Israel,Middle East,32.0853,34.7818,Israel (EU adequacy),3
gcp,me-central1,Doha,Qatar,Middle East,25.2854,51.531,Qatar,3
gcp,me-central2,Dammam,Saudi Arabia,Middle East,26.4207,50.0888,Saudi Arabia,3
gcp,northamerica-northeast1,Montréal,Canada,North America,45.5017,-73.5673,"Canada (EU adequacy, commercial)",3
gcp,northamerica-northeast2,Toronto,Canada,North America,43.7417,-79.3733,"Canada (EU adequacy, commercial)",3
gcp,southamerica-east1,São Paulo,Brazil,South America,-23.5505,-46.6333,Brazil,3
gcp,southamerica-west1,Santiago,Chile,South America,-33.45,-70.6667,Chile,3
gcp,us-central1,Iowa,USA,North America,41.878,-93.0977,US,4
gcp,us-east1,South Carolina,USA,North America,33.8361,-81.1637,US,3
gcp,us-east4,Northern Virginia,USA,North America,38.8334,-77.2365,US,3
gcp,us-east5,Columbus,USA,North America,39.9622,-83.0006,US,3
gcp,us-south1,Dallas,USA,North America,32.7792,-96.8089,US,3
gcp,us-west1,Oregon,USA,North America,43.8041,-120.5542,US,3
gcp,us-west2,Los Angeles,USA,North America,34.0522,-118.2437,US,3
gcp,us-west3,Salt Lake City,USA,North America,40.7608,-111.891,US,3
gcp,us-west4,Las Vegas,USA,North America,36.1699,-115.1398,US,3
azure,australiacentral,Australia Central,Australia,Oceania,-35.3075,149.1244,Australia,
azure,australiacentral2,Australia Central 2,Australia,Oceania,-35.3075,149.1244,Australia,
azure,australiaeast,Sydney; New South Wales,Australia,Oceania,-33.8688,151.2093,Australia,3
azure,australiasoutheast,Melbourne; Victoria,Australia,Oceania,-37.8136,144.9631,Australia,0/1 (no zones)
azure,austriaeast,Vienna,Austria,Europe,48.2082,16.3738,EU/EEA,3
azure,belgiumcentral,Brussels,Belgium,Europe,50.8503,4.3517,EU/EEA,3
azure,brazilsouth,São Paulo,Brazil,South America,-23.5505,-46.6333,Brazil,3
azure,brazilsoutheast,Brazil Southeast,Brazil,South America,-22.9068,-43.1729,Brazil,
azure,canadacentral,Toronto,Canada,North America,43.6532,-79.3832,"Canada (EU adequacy, commercial)",3
azure,canadaeast,Quebec City,Canada,North America,46.8139,-71.208,"Canada (EU adequacy, commercial)",0/1 (no zones)
azure,chilecentral,Santiago,Chile,South America,-33.4489,-70.6693,Chile,3
azure,centralindia,Pune,India,Asia,18.5204,73.8567,India,3
azure,centralus,Iowa,USA,North America,41.878,-93.0977,US,3
azure,eastasia,Hong Kong,Hong Kong,Asia,22.267,114.188,Hong Kong SAR,3
azure,eastus,Virginia,USA,North America,37.3719,-79.8164,US,3
azure,eastus2,Virginia,USA,North America,36.6681,-78.3889,US,3
azure,francecentral,Paris,France,Europe,46.3772,2.373,EU/EEA,3
azure,francesouth,France South,France,Europe,43.8927,2.4169,EU/EEA,
azure,germanynorth,Germany North,Germany,Europe,53.0793,8.8017,EU/EEA,
azure,germanywestcentral,Frankfurt,Germany,Europe,50.1109,8.6821,EU/EEA,3
azure,indonesiacentral,Jakarta,Indonesia,Asia,-6.2088,106.8456,Indonesia,3
azure,israelcentral,Tel Aviv,Israel,Middle East,31.2516,34.7915,Israel (EU adequacy),3
azure,italynorth,Milan,Italy,Europe,45.4642,9.19,EU/EEA,3
azure,japaneast,Tokyo,Japan,Asia,35.6762,139.6503,Japan (EU adequacy),3
azure,japanwest,Osaka,Japan,Asia,34.6937,135.5023,Japan (EU adequacy),3
azure,jioindiawest,Jio India West,India,Asia,22.7196,75.8577,India,
azure,koreacentral,Seoul,South Korea,Asia,37.5665,126.978,South Korea (EU adequacy),3
azure,koreasouth,Busan,South Korea,Asia,35.1796,129.0756,South Korea (EU adequacy),0/1 (no zones)
azure,malaysiawest,Kuala Lumpur,Malaysia,Asia,3.139,101.6869,Malaysia,3
azure,mexicocentral,Querétaro,Mexico,North America,20.5888,-100.3899,Mexico,3
azure,newzealandnorth,Auckland,New Zealand,Oceania,-36.8485,174.7633,New Zealand (EU adequacy),3
azure,northcentralus,Illinois (Chicago),USA,North America,41.8819,-87.6278,US,0/1 (no zones)
azure,northeurope,Dublin; Ireland,Ireland,Europe,53.3478,-6.2597,EU/EEA,3
azure,norwayeast,Oslo,Norway,Europe,59.9139,10.7522,"EU/EEA (EEA, not EU)",3
azure,norwaywest,Norway West,Norway,Europe,58.97,5.7331,"EU/EEA (EEA, not EU)",
azure,polandcentral,Warsaw,Poland,Europe,52.2297,21.0122,EU/EEA,3
azure,qatarcentral,Doha,Qatar,Middle East,25.2854,51.531,Qatar,3
azure,southafricanorth,Johannesburg,South Africa,Africa,-25.7313,28.2184,South Africa,3
azure,southafricawest,South Africa West,South Africa,Africa,-33.9249,18.4241,South Africa,
azure,southcentralus,Texas (Houston),USA,North America,29.4241,-98.4936,US,3
azure,southindia,Chennai,India,Asia,12.9716,80.1636,India,0/1 (no zones)
azure,southeastasia,Singapore,Singapore,Asia,1.3521,103.8198,Singapore,3
azure,spaincentral,Madrid,Spain,Europe,40.4168,-3.7038,EU/EEA,3
azure,swedencentral,Gävle,Sweden,Europe,60.6749,17.1413,EU/EEA,3
azure,switzerlandnorth,Zurich,Switzerland,Europe,47.4515,8.5644,Switzerland (EU adequacy),3
azure,switzerlandwest,Switzerland West,Switzerland,Europe,46.2044,6.1432,Switzerland (EU adequacy),
azure,uaecentral,UAE Central,UAE,Middle East,24.4539,54.3773,UAE,
azure,uaenorth,Dubai,UAE,Middle East,25.276,55.2962,UAE,3
azure,uksouth,London,UK,Europe,51.5074,-0.1278,UK,3
azure,ukwest,Cardiff,UK,Europe,53.4808,-2.2426,UK,0/1 (no zones)
azure,westcentralus,Wyoming (Cheyenne),USA,North America,40.89,-110.234,US,0/1 (no zones)
azure,westeurope,Amsterdam; Netherlands,Netherlands,Europe,52.3676,4.9041,EU/EEA,3
azure,westindia,Mumbai,India,Asia,19.076,72.8777,India,0/1 (no zones)
azure,westus,California (San Francisco),USA,North America,37.7833,-122.4167,US,0/1 (no zones)
azure,westus2,Washington (Seattle),USA,North America,47.233,-119.852,US,3
azure,westus3,Phoenix; Arizona,USA,North America,33.4484,-112.074,US,3
`;
