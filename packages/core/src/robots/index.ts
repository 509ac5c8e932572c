export { type HeaderRobots, headerRobots } from './header-robots.ts';
export { parseRobots, ROBOTS_BYTES_MAX, type Robots, type RobotsRule, type RobotsVerdict } from './parse.ts';
export { ALLOW_ALL, DISALLOW_ALL, type RobotsResponse, readRobotsResponse } from './response.ts';
