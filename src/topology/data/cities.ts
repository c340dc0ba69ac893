/**
 * Large cities, for users to live in. Coordinates are city centres from general knowledge, rounded to a tenth of a
 * degree; offsets are hours of standard time, no daylight saving.
 */
export const CITIES = `name,country,continent,latitude,longitude,utc_offset
New York,USA,North America,40.7,-74.0,-5
Los Angeles,USA,North America,34.1,-118.2,-8
Chicago,USA,North America,41.9,-87.6,-6
Houston,USA,North America,29.8,-95.4,-6
Dallas,USA,North America,32.8,-96.8,-6
Atlanta,USA,North America,33.7,-84.4,-5
Miami,USA,North America,25.8,-80.2,-5
Washington,USA,North America,38.9,-77.0,-5
Boston,USA,North America,42.4,-71.1,-5
Philadelphia,USA,North America,40.0,-75.2,-5
San Francisco,USA,North America,37.8,-122.4,-8
Seattle,USA,North America,47.6,-122.3,-8
Denver,USA,North America,39.7,-105.0,-7
Phoenix,USA,North America,33.4,-112.1,-7
Minneapolis,USA,North America,45.0,-93.3,-6
Detroit,USA,North America,42.3,-83.0,-5
San Diego,USA,North America,32.7,-117.2,-8
Portland,USA,North America,45.5,-122.7,-8
Salt Lake City,USA,North America,40.8,-111.9,-7
Honolulu,USA,North America,21.3,-157.9,-10
Toronto,Canada,North America,43.7,-79.4,-5
Montreal,Canada,North America,45.5,-73.6,-5
Vancouver,Canada,North America,49.3,-123.1,-8
Calgary,Canada,North America,51.0,-114.1,-7
Mexico City,Mexico,North America,19.4,-99.1,-6
Guadalajara,Mexico,North America,20.7,-103.3,-6
Monterrey,Mexico,North America,25.7,-100.3,-6
Panama City,Panama,North America,9.0,-79.5,-5
San Jose,Costa Rica,North America,9.9,-84.1,-6
Guatemala City,Guatemala,North America,14.6,-90.5,-6
Santo Domingo,Dominican Republic,North America,18.5,-69.9,-4
San Juan,Puerto Rico,North America,18.5,-66.1,-4
Kingston,Jamaica,North America,18.0,-76.8,-5
Havana,Cuba,North America,23.1,-82.4,-5
Austin,USA,North America,30.3,-97.7,-6
San Antonio,USA,North America,29.4,-98.5,-6
Tampa,USA,North America,27.9,-82.5,-5
Orlando,USA,North America,28.5,-81.4,-5
Charlotte,USA,North America,35.2,-80.8,-5
Nashville,USA,North America,36.2,-86.8,-6
Las Vegas,USA,North America,36.2,-115.1,-8
Saint Louis,USA,North America,38.6,-90.2,-6
Kansas City,USA,North America,39.1,-94.6,-6
Columbus,USA,North America,40.0,-83.0,-5
Pittsburgh,USA,North America,40.4,-80.0,-5
Sacramento,USA,North America,38.6,-121.5,-8
New Orleans,USA,North America,30.0,-90.1,-6
Anchorage,USA,North America,61.2,-149.9,-9
Ottawa,Canada,North America,45.4,-75.7,-5
Edmonton,Canada,North America,53.5,-113.5,-7
Winnipeg,Canada,North America,49.9,-97.1,-6
Halifax,Canada,North America,44.6,-63.6,-4
Tijuana,Mexico,North America,32.5,-117.0,-8
Queretaro,Mexico,North America,20.6,-100.4,-6
San Salvador,El Salvador,North America,13.7,-89.2,-6
Port-au-Prince,Haiti,North America,18.5,-72.3,-5
Sao Paulo,Brazil,South America,-23.6,-46.6,-3
Rio de Janeiro,Brazil,South America,-22.9,-43.2,-3
Brasilia,Brazil,South America,-15.8,-47.9,-3
Fortaleza,Brazil,South America,-3.7,-38.5,-3
Buenos Aires,Argentina,South America,-34.6,-58.4,-3
Cordoba,Argentina,South America,-31.4,-64.2,-3
Santiago,Chile,South America,-33.4,-70.7,-4
Lima,Peru,South America,-12.0,-77.0,-5
Bogota,Colombia,South America,4.7,-74.1,-5
Medellin,Colombia,South America,6.2,-75.6,-5
Quito,Ecuador,South America,-0.2,-78.5,-5
Caracas,Venezuela,South America,10.5,-66.9,-4
Montevideo,Uruguay,South America,-34.9,-56.2,-3
La Paz,Bolivia,South America,-16.5,-68.1,-4
Asuncion,Paraguay,South America,-25.3,-57.6,-3
Belo Horizonte,Brazil,South America,-19.9,-43.9,-3
Porto Alegre,Brazil,South America,-30.0,-51.2,-3
Curitiba,Brazil,South America,-25.4,-49.3,-3
Recife,Brazil,South America,-8.1,-34.9,-3
Salvador,Brazil,South America,-13.0,-38.5,-3
Manaus,Brazil,South America,-3.1,-60.0,-4
Cali,Colombia,South America,3.5,-76.5,-5
Guayaquil,Ecuador,South America,-2.2,-79.9,-5
Rosario,Argentina,South America,-32.9,-60.7,-3
Santa Cruz,Bolivia,South America,-17.8,-63.2,-4
London,United Kingdom,Europe,51.5,-0.1,0
Manchester,United Kingdom,Europe,53.5,-2.2,0
Dublin,Ireland,Europe,53.3,-6.3,0
Paris,France,Europe,48.9,2.4,1
Marseille,France,Europe,43.3,5.4,1
Lyon,France,Europe,45.8,4.8,1
Frankfurt,Germany,Europe,50.1,8.7,1
Berlin,Germany,Europe,52.5,13.4,1
Munich,Germany,Europe,48.1,11.6,1
Hamburg,Germany,Europe,53.6,10.0,1
Amsterdam,Netherlands,Europe,52.4,4.9,1
Brussels,Belgium,Europe,50.8,4.4,1
Zurich,Switzerland,Europe,47.4,8.5,1
Vienna,Austria,Europe,48.2,16.4,1
Milan,Italy,Europe,45.5,9.2,1
Rome,Italy,Europe,41.9,12.5,1
Madrid,Spain,Europe,40.4,-3.7,1
Barcelona,Spain,Europe,41.4,2.2,1
Lisbon,Portugal,Europe,38.7,-9.1,0
Copenhagen,Denmark,Europe,55.7,12.6,1
Stockholm,Sweden,Europe,59.3,18.1,1
Oslo,Norway,Europe,59.9,10.8,1
Helsinki,Finland,Europe,60.2,24.9,2
Warsaw,Poland,Europe,52.2,21.0,1
Prague,Czechia,Europe,50.1,14.4,1
Budapest,Hungary,Europe,47.5,19.0,1
Bucharest,Romania,Europe,44.4,26.1,2
Sofia,Bulgaria,Europe,42.7,23.3,2
Athens,Greece,Europe,38.0,23.7,2
Belgrade,Serbia,Europe,44.8,20.5,1
Zagreb,Croatia,Europe,45.8,16.0,1
Kyiv,Ukraine,Europe,50.5,30.5,2
Moscow,Russia,Europe,55.8,37.6,3
Saint Petersburg,Russia,Europe,59.9,30.3,3
Istanbul,Turkey,Europe,41.0,29.0,3
Reykjavik,Iceland,Europe,64.1,-21.9,0
Vilnius,Lithuania,Europe,54.7,25.3,2
Riga,Latvia,Europe,56.9,24.1,2
Tallinn,Estonia,Europe,59.4,24.8,2
Luxembourg,Luxembourg,Europe,49.6,6.1,1
Birmingham,United Kingdom,Europe,52.5,-1.9,0
Glasgow,United Kingdom,Europe,55.9,-4.3,0
Toulouse,France,Europe,43.6,1.4,1
Cologne,Germany,Europe,50.9,7.0,1
Dusseldorf,Germany,Europe,51.2,6.8,1
Stuttgart,Germany,Europe,48.8,9.2,1
Rotterdam,Netherlands,Europe,51.9,4.5,1
Geneva,Switzerland,Europe,46.2,6.1,1
Naples,Italy,Europe,40.9,14.3,1
Turin,Italy,Europe,45.1,7.7,1
Valencia,Spain,Europe,39.5,-0.4,1
Porto,Portugal,Europe,41.1,-8.6,0
Gothenburg,Sweden,Europe,57.7,12.0,1
Krakow,Poland,Europe,50.1,19.9,1
Bratislava,Slovakia,Europe,48.1,17.1,1
Ljubljana,Slovenia,Europe,46.1,14.5,1
Sarajevo,Bosnia and Herzegovina,Europe,43.9,18.4,1
Chisinau,Moldova,Europe,47.0,28.9,2
Minsk,Belarus,Europe,53.9,27.6,3
Kharkiv,Ukraine,Europe,50.0,36.2,2
Kazan,Russia,Europe,55.8,49.1,3
Cairo,Egypt,Africa,30.0,31.2,2
Lagos,Nigeria,Africa,6.5,3.4,1
Abuja,Nigeria,Africa,9.1,7.5,1
Johannesburg,South Africa,Africa,-26.2,28.0,2
Cape Town,South Africa,Africa,-33.9,18.4,2
Nairobi,Kenya,Africa,-1.3,36.8,3
Addis Ababa,Ethiopia,Africa,9.0,38.8,3
Casablanca,Morocco,Africa,33.6,-7.6,1
Algiers,Algeria,Africa,36.8,3.1,1
Tunis,Tunisia,Africa,36.8,10.2,1
Accra,Ghana,Africa,5.6,-0.2,0
Abidjan,Ivory Coast,Africa,5.4,-4.0,0
Dakar,Senegal,Africa,14.7,-17.4,0
Kinshasa,DR Congo,Africa,-4.3,15.3,1
Luanda,Angola,Africa,-8.8,13.2,1
Dar es Salaam,Tanzania,Africa,-6.8,39.3,3
Kampala,Uganda,Africa,0.3,32.6,3
Khartoum,Sudan,Africa,15.5,32.6,2
Alexandria,Egypt,Africa,31.2,29.9,2
Rabat,Morocco,Africa,34.0,-6.8,1
Tripoli,Libya,Africa,32.9,13.2,2
Kano,Nigeria,Africa,12.0,8.5,1
Ibadan,Nigeria,Africa,7.4,3.9,1
Durban,South Africa,Africa,-29.9,31.0,2
Pretoria,South Africa,Africa,-25.7,28.2,2
Mombasa,Kenya,Africa,-4.0,39.7,3
Bamako,Mali,Africa,12.6,-8.0,0
Ouagadougou,Burkina Faso,Africa,12.4,-1.5,0
Douala,Cameroon,Africa,4.1,9.7,1
Yaounde,Cameroon,Africa,3.9,11.5,1
Lusaka,Zambia,Africa,-15.4,28.3,2
Harare,Zimbabwe,Africa,-17.8,31.0,2
Maputo,Mozambique,Africa,-26.0,32.6,2
Antananarivo,Madagascar,Africa,-18.9,47.5,3
Kigali,Rwanda,Africa,-1.9,30.1,2
Port Louis,Mauritius,Africa,-20.2,57.5,4
Tokyo,Japan,Asia,35.7,139.7,9
Osaka,Japan,Asia,34.7,135.5,9
Nagoya,Japan,Asia,35.2,136.9,9
Seoul,South Korea,Asia,37.6,127.0,9
Busan,South Korea,Asia,35.2,129.1,9
Beijing,China,Asia,39.9,116.4,8
Shanghai,China,Asia,31.2,121.5,8
Shenzhen,China,Asia,22.5,114.1,8
Guangzhou,China,Asia,23.1,113.3,8
Chengdu,China,Asia,30.7,104.1,8
Hong Kong,China,Asia,22.3,114.2,8
Taipei,Taiwan,Asia,25.0,121.6,8
Singapore,Singapore,Asia,1.4,103.8,8
Kuala Lumpur,Malaysia,Asia,3.1,101.7,8
Jakarta,Indonesia,Asia,-6.2,106.8,7
Surabaya,Indonesia,Asia,-7.3,112.7,7
Bangkok,Thailand,Asia,13.8,100.5,7
Hanoi,Vietnam,Asia,21.0,105.9,7
Ho Chi Minh City,Vietnam,Asia,10.8,106.7,7
Manila,Philippines,Asia,14.6,121.0,8
Mumbai,India,Asia,19.1,72.9,5.5
Delhi,India,Asia,28.6,77.2,5.5
Bangalore,India,Asia,13.0,77.6,5.5
Hyderabad,India,Asia,17.4,78.5,5.5
Chennai,India,Asia,13.1,80.3,5.5
Kolkata,India,Asia,22.6,88.4,5.5
Pune,India,Asia,18.5,73.9,5.5
Dhaka,Bangladesh,Asia,23.8,90.4,6
Karachi,Pakistan,Asia,24.9,67.0,5
Lahore,Pakistan,Asia,31.5,74.3,5
Colombo,Sri Lanka,Asia,6.9,79.9,5.5
Kathmandu,Nepal,Asia,27.7,85.3,5.75
Dubai,United Arab Emirates,Asia,25.2,55.3,4
Abu Dhabi,United Arab Emirates,Asia,24.5,54.4,4
Doha,Qatar,Asia,25.3,51.5,3
Riyadh,Saudi Arabia,Asia,24.7,46.7,3
Jeddah,Saudi Arabia,Asia,21.5,39.2,3
Kuwait City,Kuwait,Asia,29.4,48.0,3
Manama,Bahrain,Asia,26.2,50.6,3
Muscat,Oman,Asia,23.6,58.4,4
Tel Aviv,Israel,Asia,32.1,34.8,2
Amman,Jordan,Asia,31.9,35.9,3
Beirut,Lebanon,Asia,33.9,35.5,2
Baghdad,Iraq,Asia,33.3,44.4,3
Tehran,Iran,Asia,35.7,51.4,3.5
Tashkent,Uzbekistan,Asia,41.3,69.2,5
Almaty,Kazakhstan,Asia,43.2,76.9,5
Baku,Azerbaijan,Asia,40.4,49.9,4
Tbilisi,Georgia,Asia,41.7,44.8,4
Yerevan,Armenia,Asia,40.2,44.5,4
Novosibirsk,Russia,Asia,55.0,82.9,7
Vladivostok,Russia,Asia,43.1,131.9,10
Yangon,Myanmar,Asia,16.9,96.2,6.5
Phnom Penh,Cambodia,Asia,11.6,104.9,7
Fukuoka,Japan,Asia,33.6,130.4,9
Sapporo,Japan,Asia,43.1,141.4,9
Tianjin,China,Asia,39.1,117.2,8
Wuhan,China,Asia,30.6,114.3,8
Chongqing,China,Asia,29.6,106.6,8
Hangzhou,China,Asia,30.3,120.2,8
Nanjing,China,Asia,32.1,118.8,8
Xian,China,Asia,34.3,108.9,8
Shenyang,China,Asia,41.8,123.4,8
Qingdao,China,Asia,36.1,120.4,8
Kaohsiung,Taiwan,Asia,22.6,120.3,8
Ulaanbaatar,Mongolia,Asia,47.9,106.9,8
Bandung,Indonesia,Asia,-6.9,107.6,7
Medan,Indonesia,Asia,3.6,98.7,7
Cebu,Philippines,Asia,10.3,123.9,8
Ahmedabad,India,Asia,23.0,72.6,5.5
Surat,India,Asia,21.2,72.8,5.5
Jaipur,India,Asia,26.9,75.8,5.5
Lucknow,India,Asia,26.8,80.9,5.5
Kochi,India,Asia,9.9,76.3,5.5
Chittagong,Bangladesh,Asia,22.4,91.8,6
Islamabad,Pakistan,Asia,33.7,73.1,5
Kabul,Afghanistan,Asia,34.5,69.2,4.5
Ankara,Turkey,Asia,39.9,32.9,3
Izmir,Turkey,Asia,38.4,27.1,3
Damascus,Syria,Asia,33.5,36.3,3
Mashhad,Iran,Asia,36.3,59.6,3.5
Astana,Kazakhstan,Asia,51.2,71.4,5
Yekaterinburg,Russia,Asia,56.8,60.6,5
Sydney,Australia,Oceania,-33.9,151.2,10
Melbourne,Australia,Oceania,-37.8,145.0,10
Brisbane,Australia,Oceania,-27.5,153.0,10
Perth,Australia,Oceania,-32.0,115.9,8
Adelaide,Australia,Oceania,-34.9,138.6,9.5
Canberra,Australia,Oceania,-35.3,149.1,10
Auckland,New Zealand,Oceania,-36.8,174.8,12
Wellington,New Zealand,Oceania,-41.3,174.8,12
Christchurch,New Zealand,Oceania,-43.5,172.6,12
Suva,Fiji,Oceania,-18.1,178.4,12
Port Moresby,Papua New Guinea,Oceania,-9.4,147.2,10
Darwin,Australia,Oceania,-12.5,130.8,9.5
Hobart,Australia,Oceania,-42.9,147.3,10
Gold Coast,Australia,Oceania,-28.0,153.4,10
Noumea,New Caledonia,Oceania,-22.3,166.5,11
`;
